// What the editor says, in English and Chinese, and how it writes times and sizes.

const en = {
  product: "NemoVideo editor",
  connecting: "Connecting…",
  connectingDetail: "Waiting for the notebook's kernel.",
  silent: "The notebook's kernel doesn't answer.",
  silentRemedy: "If a cell is running, wait for it. Otherwise run this editor's cell again.",
  noKernel: "This editor's kernel is gone.",
  gone: "The kernel was restarted or shut down: this is how the editor was.",
  goOn: "To go on with it, run this in a cell:",
  runAgain: "Run this editor's cell again.",
  copy: "Copy",
  statusReady: "ready",
  statusConnecting: "connecting…",
  statusFailed: "not connected",
  notConnected: "Not connected",
  problems: "What would go wrong",
  wrong: (/** @type {number} */ n) =>
    n === 1 ? "Something would go wrong: see below." : `${n} things would go wrong: see below.`,
  reconnect: "Reconnect",
  files: "Files",
  filesCount: (/** @type {number} */ n) => (n === 1 ? "1 file" : `${n} files`),
  chooseFiles: "Choose files",
  addFiles: "Add files",
  dropHere: "Drop photos, clips or music here",
  dropAny: "Drop files here",
  dropNow: "Drop to add these files",
  formats: (/** @type {string} */ list, /** @type {string} */ limit) => `${list} · up to ${limit} each`,
  linkLabel: "Web address of a file",
  linkHint: "…or paste a link",
  linkAdd: "Add link",
  linkWrong: "A link begins with https:// or http://.",
  move: (/** @type {string} */ name) => `Move ${name} (arrow keys)`,
  unlisted: (/** @type {number} */ n) =>
    n === 1
      ? "1 file is off this list, and still in the session."
      : `${n} files are off this list, and still in the session.`,
  showAgain: "Show again",
  queued: "Waiting",
  stalled: "Waiting for the kernel; if a cell is running, it goes on afterwards…",
  finishing: "Finishing…",
  receiving: "Receiving…",
  sending: "Handing over…",
  cancelFile: (/** @type {string} */ name) => `Cancel ${name}`,
  removeFile: (/** @type {string} */ name) => `Remove ${name}`,
  wrongType: "This type of file can't be used here.",
  wrongTypeRemedy: (/** @type {string} */ list) => `Take one of: ${list}.`,
  emptyFile: "This file is empty.",
  emptyFileRemedy: "Choose it again, or check that it was saved whole.",
  tooLarge: (/** @type {string} */ limit) => `This file is too large: at most ${limit}.`,
  tooLargeRemedy: "Compress or trim it first.",
  lost: "The kernel was restarted: choose this file again.",
  unreadable: "The browser can't read this file any more.",
  unreadableRemedy: "It may have been moved or changed. Choose it again.",
  conversation: "Conversation",
  promptLabel: "What should the video be?",
  promptHint: "Describe the video or an edit…",
  send: "Send",
  sendKeys: (/** @type {boolean} */ mac) => `${mac ? "⌘" : "Ctrl"} + Enter`,
  emptyPrompt: "The message is empty. Say what you want, or pick a suggestion.",
  waitForUploads: "Wait until the files are uploaded.",
  sentAfterUploads: "Sent as soon as the files are uploaded.",
  editsStay: "Timeline edits stay here: “Send as words” sends them.",
  waitForTurn: "Wait for the answer, or stop it.",
  waitForExport: "Waits for the video under way",
  waitForBackend: "The service is not connected. Reconnect first.",
  waitForKernel: "Waiting for the notebook's kernel.",
  welcome: "Add photos or clips, then say what you want. For example:",
  suggestions: [
    "Combine these images into a 30-second promo video with music and text",
    "Make a calm 15-second slideshow with crossfades",
    "Add a title at the start and fade the music out",
  ],
  working: "Working…",
  steps: (/** @type {number} */ n) => (n === 1 ? "1 step" : `${n} steps`),
  changes: (/** @type {number} */ n) => (n === 1 ? "1 change" : `${n} changes`),
  held: (/** @type {number} */ n) =>
    n === 1
      ? "One more message waits. Send it all the same?"
      : `${n} more messages wait. Send them all the same?`,
  goOnWaiting: "Send",
  dropWaiting: "Take back",
  takeBack: "Take back",
  willWait: "Sent after this answer.",
  free: "Free",
  credits: (/** @type {string} */ left, /** @type {number | null} */ spent) =>
    spent ? `${left} credits · last edit: ${spent}` : `${left} credits`,
  stop: "Stop",
  stopped: "Stopped",
  took: (/** @type {string} */ time) => `Took ${time}`,
  preview: "Preview",
  posterEmpty: "Your video will appear here",
  posterEmptyHint: "Add files and say what you want.",
  posterDraft: "The draft is ready",
  posterDraftHint: "Export it to watch the video.",
  rendering: "Rendering the video",
  renderingPreview: "Rendering a preview",
  downloading: "Fetching the video",
  loadingVideo: "Loading the video…",
  videoFailed: "The video can't be read.",
  videoFailedRemedy: "Try again, or export it once more.",
  videoAloneRemedy: "Look whether it is there, whole, and of a kind that browsers play, such as MP4 or WebM.",
  tryAgain: "Try again",
  speed: "Speed",
  captions: "Captions",
  previewButton: "Preview",
  previewFact: "Preview in small",
  download: "Download",
  videoAway: "The kernel that has this video doesn't answer.",
  export: "Export video",
  exportAgain: "Export again",
  outdated: "The draft has changed since this video.",
  cancel: "Cancel",
  exportCancelled: "The export was cancelled.",
  noDraft: "There is nothing to export yet: ask for a video first.",
  timeline: "Timeline",
  timelineEmpty: "The timeline fills as you describe the video.",
  timelineComing: "Loading the timeline…",
  timelineBlocked: {
    message: "The timeline can't be edited on this page.",
    remedy: "Its security policy keeps a script out. Say what to change, or open the notebook in JupyterLab.",
  },
  dismiss: "Dismiss",
};

/** @typedef {typeof en} Words */

/** @type {Words} */
const zh = {
  product: "NemoVideo 编辑器",
  connecting: "正在连接…",
  connectingDetail: "正在等待笔记本内核。",
  silent: "笔记本内核没有响应。",
  silentRemedy: "如果有单元格正在运行，请等待；否则请重新运行此单元格。",
  noKernel: "此编辑器的内核已不在。",
  gone: "内核已重新启动或已关闭：这里显示的是编辑器之前的样子。",
  goOn: "如需继续编辑，请在单元格中运行：",
  runAgain: "请重新运行此编辑器的单元格。",
  copy: "复制",
  statusReady: "就绪",
  statusConnecting: "连接中…",
  statusFailed: "未连接",
  notConnected: "未连接",
  problems: "可能出现的问题",
  wrong: (n) => `有 ${n} 处可能出现的问题，见下方。`,
  reconnect: "重新连接",
  files: "素材",
  filesCount: (n) => `${n} 个文件`,
  chooseFiles: "选择文件",
  addFiles: "添加文件",
  dropHere: "把照片、视频或音乐拖到这里",
  dropAny: "把文件拖到这里",
  dropNow: "松开即可添加文件",
  formats: (list, limit) => `${list} · 每个最大 ${limit}`,
  linkLabel: "文件的网址",
  linkHint: "…或粘贴链接",
  linkAdd: "添加链接",
  linkWrong: "链接应以 https:// 或 http:// 开头。",
  move: (name) => `移动 ${name}（方向键）`,
  unlisted: (n) => `${n} 个文件已从列表移除，但仍在会话中。`,
  showAgain: "重新显示",
  queued: "等待中",
  stalled: "正在等待内核；如果有单元格正在运行，结束后会继续…",
  finishing: "即将完成…",
  receiving: "接收中…",
  sending: "提交中…",
  cancelFile: (name) => `取消 ${name}`,
  removeFile: (name) => `移除 ${name}`,
  wrongType: "不支持这种文件。",
  wrongTypeRemedy: (list) => `支持的格式：${list}。`,
  emptyFile: "这是空文件。",
  emptyFileRemedy: "请重新选择，或检查文件是否保存完整。",
  tooLarge: (limit) => `文件太大：最多 ${limit}。`,
  tooLargeRemedy: "请先压缩或剪短。",
  lost: "内核已重新启动：请重新选择此文件。",
  unreadable: "浏览器无法再读取此文件。",
  unreadableRemedy: "文件可能已移动或更改，请重新选择。",
  conversation: "对话",
  promptLabel: "想做一个什么样的视频？",
  promptHint: "描述视频或修改要求…",
  send: "发送",
  sendKeys: (mac) => `${mac ? "⌘" : "Ctrl"} + Enter`,
  emptyPrompt: "消息是空的。请说明想要什么，或选择一条建议。",
  waitForUploads: "请等待文件上传完成。",
  sentAfterUploads: "文件上传完成后立即发送。",
  editsStay: "时间线上的手动修改不会随消息发送，请先用“用文字发送”。",
  waitForTurn: "请等待回答完成，或先停止。",
  waitForExport: "等待正在制作的视频",
  waitForBackend: "服务未连接，请先重新连接。",
  waitForKernel: "正在等待笔记本内核。",
  welcome: "添加照片或视频，然后说明想要什么。例如：",
  suggestions: [
    "把这些图片做成 30 秒的宣传视频，配上音乐和文字",
    "做一个 15 秒的舒缓幻灯片，带淡入淡出",
    "在开头加上标题，并让音乐渐弱结束",
  ],
  working: "处理中…",
  steps: (n) => `${n} 个步骤`,
  changes: (n) => `${n} 处改动`,
  held: (n) => `还有 ${n} 条消息在等待，仍要发送吗？`,
  goOnWaiting: "发送",
  dropWaiting: "撤回",
  takeBack: "撤回",
  willWait: "将在此回答之后发送。",
  free: "免费",
  credits: (left, spent) => (spent ? `${left} 积分 · 上次编辑：${spent}` : `${left} 积分`),
  stop: "停止",
  stopped: "已停止",
  took: (time) => `用时 ${time}`,
  preview: "预览",
  posterEmpty: "视频会显示在这里",
  posterEmptyHint: "添加素材并说明想要什么。",
  posterDraft: "草稿已就绪",
  posterDraftHint: "导出后即可观看。",
  rendering: "正在渲染视频",
  renderingPreview: "正在渲染预览",
  downloading: "正在获取视频",
  loadingVideo: "正在加载视频…",
  videoFailed: "无法读取视频。",
  videoFailedRemedy: "请重试，或重新导出。",
  videoAloneRemedy: "请检查文件是否存在、是否完整，以及浏览器能否播放这种格式（如 MP4、WebM）。",
  tryAgain: "重试",
  speed: "速度",
  captions: "字幕",
  previewButton: "预览",
  previewFact: "小尺寸预览",
  download: "下载",
  videoAway: "保存此视频的内核没有响应。",
  export: "导出视频",
  exportAgain: "重新导出",
  outdated: "草稿在此视频之后已有改动。",
  cancel: "取消",
  exportCancelled: "导出已取消。",
  noDraft: "还没有可以导出的内容：请先说明想要的视频。",
  timeline: "时间线",
  timelineEmpty: "描述视频后，时间线会显示在这里。",
  timelineComing: "正在加载时间线…",
  timelineBlocked: {
    message: "此页面无法编辑时间线。",
    remedy: "页面的安全策略阻止了脚本。请用文字说明修改，或在 JupyterLab 中打开此笔记本。",
  },
  dismiss: "关闭",
};

/** @type {(language: string) => Words} */
export const words = (language) => (language === "zh" ? zh : en);

/**
 * Write milliseconds as `m:ss` with as many decimals as asked for (trailing zeros of tables included).
 *
 * @param {number} ms
 * @param {number} [decimals]
 */
export function clock(ms, decimals = 0) {
  const unit = 10 ** (3 - decimals);
  const whole = Math.round(ms / unit) * unit;
  const minutes = Math.floor(whole / 60000);
  const seconds = ((whole % 60000) / 1000).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, "0");
  return `${minutes}:${seconds}`;
}

/**
 * Write milliseconds as seconds for a sentence: `4.2 s`, `1:05 min`.
 *
 * @param {number} ms
 */
export function span(ms) {
  if (ms >= 60000) return `${clock(ms)} min`;
  return `${(ms / 1000).toFixed(ms < 10000 ? 1 : 0)} s`;
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1024 * 1000) return `${Math.round(bytes / 1024)} kB`;
  const mb = bytes / (1024 * 1024);
  if (mb >= 1000) return `${(mb / 1024).toFixed(1)} GB`;
  return `${mb.toFixed(mb < 10 && !Number.isInteger(mb) ? 1 : 0)} MB`;
}
