// The state and messages of nemo_widgets/widgets/protocol.py, as types.

declare global {
  /** Tells versions of the timeline's bundle apart; built in. */
  const TIMELINE_VERSION: string;
}

export interface Fault {
  message: string;
  remedy: string;
}

export interface Notice extends Fault {
  /** The id of the message that comes to nothing by it. */
  about: string | null;
  /** What can be run then. */
  code?: string | null;
}

export interface Backend {
  kind: "local" | "cloud" | "custom";
  label: string;
  detail: string;
  status: "connecting" | "ready" | "failed";
  error: Fault | null;
}

export interface Limits {
  max_upload_bytes: number;
  suffixes: string[];
  /** Whether addresses are taken, too. */
  links: boolean;
}

export interface Asset {
  id: string;
  name: string;
  kind: "image" | "video" | "audio";
  size: number;
  duration: number | null;
  width: number | null;
  height: number | null;
  source: string | null;
  thumbnail: string | null;
  state: "receiving" | "sending" | "ready" | "failed";
  done: number;
  error: Fault | null;
  /** False: taken off the list, though the service has it. */
  listed: boolean;
}

export interface Turn {
  id: string;
  prompt: string;
  text: string;
  state: "queued" | "running" | "done" | "stopped" | "failed";
  steps: string[];
  changes: string[];
  started: number;
  elapsed: number;
  error: Fault | null;
}

/** A segment: gap before it, duration (both ms), name, text (true: its name), volume, source, begin, speed. */
export type Wire = [
  gap: number,
  duration: number,
  name?: string | null,
  text?: string | true | null,
  volume?: number | false | null, // false: a picture has none
  source?: number | null,
  begin?: number | null,
  speed?: number | null,
];

export interface Track {
  kind: string;
  name: string;
  segments: Wire[];
}

/** How a list is made from the one before it. */
export interface Splice {
  head: number;
  tail: number;
  items: unknown[];
}

/** A segment by its track and its number on it. */
export type Place = [track: number, segment: number];

/** Segments of a track that are selected. */
export type Run = [track: number, first: number, last: number];

export interface Selected {
  by: string;
  number: number;
  runs: Run[];
}

export interface EditsView {
  edited: boolean;
  undo: number;
  redo: number;
  theirs: string[] | null;
}

export interface Peaks {
  ms: number;
  levels: string;
}

export interface EditEnd {
  id: string;
  error: Fault | null;
  words: string[] | null;
}

export interface DraftView {
  revision: number;
  summary: string;
  duration: number;
  width: number | null;
  height: number | null;
  fps: number | null;
  sources: string[];
  tracks: Track[];
}

export interface ExportJob {
  id: string;
  state: "running" | "done" | "failed" | "cancelled";
  stage: "rendering" | "downloading";
  done: number;
  error: Fault | null;
  preview: boolean;
}

export interface VideoInfo {
  id: string;
  name: string;
  size: number;
  type: string;
  duration: number | null;
  width: number | null;
  height: number | null;
  outdated: boolean;
  /** Small and quick, not what is kept. */
  preview: boolean;
  /** To be played from there. */
  url: string | null;
  poster: string | null;
  /** WebVTT. */
  captions: string | null;
}

/** What the kernel owns. */
export interface RemoteState {
  backend: Backend | null;
  language: "en" | "zh";
  limits: Limits;
  assets: Asset[];
  turns: Turn[];
  draft: DraftView | null;
  export: ExportJob | null;
  video: VideoInfo | null;
  notice: Notice | null;
  edits: EditsView;
  problems: string[];
  selection: Selected;
  peaks: Record<string, Peaks>;
  /** Whether prompts wait until somebody chooses. */
  held: boolean;
  credits: { available: number; spent: number | null } | null;
  /** The code that takes the session up again in another kernel. */
  again: string | null;
  /** Whether the kernel may open a server of its own to this browser. */
  lane: boolean;
}

/** Changes of lists: of the fields of items, then of the items' order. */
export type Items = Record<string, { order: string[] | null; fields: Record<string, object> }>;

/** What this page adds to it: shared by all views, never sent. */
export interface LocalState {
  /** Whether the kernel has answered, whether it has been silent for long, or is another one by now. */
  link: "waiting" | "silent" | "live" | "gone";
  uploads: UploadView[];
  /** The prompt that was sent and is not among the turns yet. */
  pendingPrompt: { id: string; text: string } | null;
  /** The export that was asked for and is not in the state yet. */
  pendingExport: string | null;
  transfer: TransferView | null;
  /** The kernel's picture of the draft, where it stands in for the timeline. */
  picture: string;
}

export type State = RemoteState & LocalState;
export type Key = keyof State;

export interface UploadView {
  id: string;
  name: string;
  /** The first half of its media type. */
  kind: string;
  size: number;
  thumbnail: string | null;
  state: "queued" | "sending" | "stalled" | "finishing" | "failed";
  /** Bytes that the kernel has acknowledged. */
  done: number;
  /** Bytes a second, 0 where not known yet. */
  speed: number;
  error: Fault | null;
}

export interface TransferView {
  id: string;
  /** 0 to 1. */
  done: number;
  /** Where to play it from: a Blob URL once all bytes are here, or an address that takes ranges. */
  url: string | null;
  error: Fault | null;
}

/** A message of the kernel: `kind` and the fields of the table. */
export interface Incoming {
  kind: string;
  [field: string]: unknown;
}

export type Outgoing =
  | { kind: "module-ask"; id: string }
  | { kind: "picture-ask" }
  | { kind: "ready" }
  | {
      kind: "upload-begin";
      id: string;
      name: string;
      size: number;
      slice_bytes: number;
      head: string;
    }
  | {
      kind: "upload-look";
      id: string;
      thumbnail: string | null;
      duration: number | null;
      width: number | null;
      height: number | null;
    }
  | { kind: "upload-slice"; id: string; index: number }
  | { kind: "upload-check" | "upload-cancel" | "asset-remove"; id: string }
  | { kind: "prompt"; id: string; text: string }
  | { kind: "stop" | "export" | "export-cancel" | "preview"; id: string }
  | { kind: "upload-link"; id: string; url: string }
  | { kind: "assets-order"; ids: string[] }
  | { kind: "assets-show" }
  | { kind: "lane-ask"; id: string; origin: string }
  | { kind: "video-read"; id: string; offset: number; length: number }
  | {
      kind: "edit";
      id: string;
      revision: number;
      op: string;
      where: Run[];
      values: Record<string, unknown>;
    }
  | { kind: "select"; id: string; number: number; runs: Run[] }
  | { kind: "reconnect" | "queue-go" | "queue-clear" };

export type CustomListener = (message: Incoming, buffers?: (DataView | ArrayBuffer)[]) => void;

/** The part of anywidget's model that is used here. */
export interface Model {
  get(name: string): unknown;
  send(content: Outgoing, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  on(name: "msg:custom", listener: CustomListener): void;
  on(name: "comm_live_update", listener: () => void): void;
  off(name: "msg:custom", listener: CustomListener): void;
  /** What a host lets a widget see of its kernel: Jupyter's connection, elsewhere nothing. */
  widget_manager?: { kernel?: { disposed?: Signal } | null };
}

/** One of Lumino's, as far as it is used here. */
export interface Signal {
  connect(listener: () => void): boolean;
  disconnect(listener: () => void): boolean;
}

export type Child = Node | string | null | undefined | false;
