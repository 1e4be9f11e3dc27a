"""The service's contract as an ASGI application: routes, the envelope, and what each answer holds.

Nothing here decides anything: tokens are judged by ``auth``, files by ``uploads``, messages by ``conversation``,
renders by ``jobs``.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from nemo_widgets.errors import APIError, InvalidInput, NemoError, OutOfCredits, RateLimited, SessionNotFound
from nemo_widgets.studio import answers
from nemo_widgets.studio.conversation import PRICE
from nemo_widgets.studio.guard import BrowserGuard
from nemo_widgets.studio.quotas import reason
from nemo_widgets.studio.rates import RateGuard, StallGuard
from nemo_widgets.studio.trouble import told
from nemo_widgets.studio.workspace import display_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from anyio import CapacityLimiter
    from starlette.types import Scope

    from nemo_widgets.settings import StudioLimits
    from nemo_widgets.studio.auth import Gatekeeper
    from nemo_widgets.studio.classroom import Register
    from nemo_widgets.studio.cleaning import Cleaner
    from nemo_widgets.studio.conversation import Conversation
    from nemo_widgets.studio.jobs import RenderQueue
    from nemo_widgets.studio.probing import Prober
    from nemo_widgets.studio.quotas import Quotas
    from nemo_widgets.studio.store import JobRow, MediaRow, SessionRow, Store, User
    from nemo_widgets.studio.workspace import Workspace

_MB = 1024 * 1024
_MOST_JSON = 16 * _MB
_MOST_JSON_OF_STUDENTS = 2 * _MB
_MOST_URLS = 20
_RUN_STATUS = {1001: 401, 1002: 404, 2001: 403, 422: 422}
_REFUSED_JOINS = {"class-full": "the class is full", "invalid": "it doesn't say which client it is"}
_PRIVATE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=86400",
    "referrer-policy": "no-referrer",
}
_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}


@dataclass(frozen=True)
class Services:
    """What the application is made of."""

    workspace: Workspace
    store: Store
    gatekeeper: Gatekeeper
    conversation: Conversation
    renders: RenderQueue
    quotas: Quotas
    prober: Prober
    register: Register
    cleaner: Cleaner
    max_upload_bytes: int
    longest_prompt: int
    fetch_timeout: float
    looking: CapacityLimiter
    fetching: CapacityLimiter


def create_app(
    services: Callable[[Starlette], AbstractAsyncContextManager[None]],
    limits: StudioLimits,
    *,
    host: str = "127.0.0.1",
    allowed: Collection[str] = (),
) -> Starlette:
    """Return the application.

    Parameters
    ----------
    services
        The lifespan: sets ``app.state.services`` to :class:`Services` while the application runs.
    limits
        What it allows.
    host
        The host that it is bound to; requests that name another are refused.
    allowed
        Further names that it is reached by.
    """
    routes = [
        Route("/health", _health),
        Route("/api/auth/anonymous-token", _anonymous_token, methods=["POST"]),
        Route("/api/auth/claim-token", _claim_token, methods=["POST"]),
        Route("/api/tasks/me/with-session/nemo_agent", _open_session, methods=["POST"]),
        Route("/run_sse", _run, methods=["POST"]),
        Route("/api/upload-video/nemo_agent/me/{session}", _upload, methods=["POST"]),
        Route("/api/credits/balance/simple", _credits),
        Route("/api/state/nemo_agent/me/{session}/latest", _state),
        Route("/api/render/proxy/lambda", _render, methods=["POST"]),
        Route("/api/render/proxy/lambda/{job}", _render_status),
        Route("/api/render/proxy/lambda/{job}/cancel", _cancel, methods=["POST"]),
        Route("/api/render/proxy/{job}/download", _download),
        Route("/media/{media}/{filename:path}", _media),
        Route("/renders/{folder}/{filename:path}", _video),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(BrowserGuard, host=host, allowed=allowed, on_refused=_turned_away),
            *([] if limits.students is None else [Middleware(RateGuard, limits=limits)]),
            Middleware(StallGuard, timeout=limits.stall_timeout),
        ],
        exception_handlers={
            NemoError: _failure,
            OSError: _failure,
            sqlite3.Error: _failure,
            HTTPException: _http_failure,
            ClientDisconnect: _gone,
        },
        lifespan=services,
    )


# The envelope


def _ok(data: Any) -> JSONResponse:
    return JSONResponse({"code": 0, "message": "success", "data": data})


async def _failure(request: Request, error: Exception) -> Response:
    error = told(error, workspace=_services(request).workspace) or error
    code, status = (error.code, error.http_status) if isinstance(error, APIError) else (422, 200)
    data = reason(error) if isinstance(error, NemoError) else None
    body: dict[str, Any] = {"code": code, "message": str(error), "data": data}
    if (user := getattr(request.state, "user", None)) is not None:
        _services(request).register.tell(user.id, f"refused: {error}")
    if request.url.path == "/run_sse":
        return JSONResponse(body | {"detail": str(error)}, status_code=_RUN_STATUS.get(code, 500))
    headers = {"retry-after": f"{error.wait:.0f}"} if isinstance(error, RateLimited) else None
    return JSONResponse(body, status_code=status, headers=headers)


async def _http_failure(_: Request, error: Exception) -> Response:
    error = cast("HTTPException", error)
    data = {"reason": "sent-slowly"} if error.status_code == 408 else None
    body = {"code": error.status_code, "message": error.detail, "data": data}
    return JSONResponse(body, status_code=error.status_code, headers=error.headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


def _services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


async def _user(request: Request) -> User:
    request.state.user = await to_thread.run_sync(_services(request).gatekeeper.user, request)
    return request.state.user


async def _session(request: Request, user: User, session_id: Any) -> SessionRow:
    found = await to_thread.run_sync(_services(request).store.session, user.id, str(session_id))
    if found is None:
        raise SessionNotFound(code=1002)
    return found


async def _json(request: Request) -> dict[str, Any]:
    """Read a JSON object; an empty body is an empty one."""
    body = bytearray()
    most = _MOST_JSON if request.state.user.credits is None else _MOST_JSON_OF_STUDENTS
    async for block in request.stream():
        body += block
        if len(body) > most:
            raise InvalidInput("sent-too-much", limit=most // _MB)
    try:
        read: Any = json.loads(body) if body.strip() else {}
        if b"\\ud" in body.lower():
            # Half of a surrogate pair is valid JSON, but no text that could be stored or sent.
            read = json.loads(json.dumps(read, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise InvalidInput(message="The request isn't JSON.", remedy="Send a JSON object.") from error
    if not isinstance(read, dict):
        raise InvalidInput(message="The request isn't a JSON object.", remedy="Send a JSON object.")
    return cast("dict[str, Any]", read)


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host']}"


# Endpoints


async def _health(_: Request) -> Response:
    return JSONResponse({"ok": True})


async def _anonymous_token(request: Request) -> Response:
    services = _services(request)
    client_id = request.headers.get("x-client-id", "").strip()
    try:
        await to_thread.run_sync(services.gatekeeper.admit, request)
        grant = await to_thread.run_sync(services.gatekeeper.grant, client_id, _address(request.scope))
    except APIError as error:
        _turned_away(request.scope, _REFUSED_JOINS.get(error.key, "the join token is wrong or missing"))
        raise
    if name := request.headers.get("x-student-name"):
        await to_thread.run_sync(services.register.call, grant.user, unquote(name))
    await to_thread.run_sync(services.register.tell, grant.user, "joined")
    return _ok(answers.grant(grant))


def _turned_away(scope: Scope, why: str) -> None:
    services = cast("Services", scope["app"].state.services)
    services.register.turned_away(_address(scope), why)


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


async def _claim_token(request: Request) -> Response:
    user = await _user(request)
    body = await _json(request)
    await _session(request, user, body.get("session_id"))
    return _ok(answers.claim())


async def _open_session(request: Request) -> Response:
    user = await _user(request)
    body = await _json(request)
    name = str(body.get("task_name") or "project")[:200]
    language = "zh" if str(body.get("language") or "en").lower().startswith("zh") else "en"
    services = _services(request)
    await to_thread.run_sync(services.quotas.check_count, user, "session")
    session = await to_thread.run_sync(services.store.add_session, user.id, name, language)
    return _ok({"task_id": session.task_id, "session_id": session.id, "user_id": user.id})


async def _run(request: Request) -> Response:
    user = await _user(request)
    body = await _json(request)
    session = await _session(request, user, body.get("session_id"))
    services = _services(request)
    prompt = _prompt(body, services.longest_prompt)
    if not await to_thread.run_sync(services.store.charge, user.id, PRICE):
        raise OutOfCredits(services.register.out_of_messages, code=2001)
    services.register.tell(user.id, "sent a message")
    return StreamingResponse(
        services.conversation.answer(user, session, prompt, _origin(request)),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


def _prompt(body: dict[str, Any], most: int) -> str:
    message: Any = body.get("new_message")
    parts: Any = cast("dict[str, Any]", message).get("parts") if isinstance(message, dict) else None
    texts = [
        str(cast("dict[str, Any]", part).get("text") or "")
        for part in (cast("list[Any]", parts) if isinstance(parts, list) else [])
        if isinstance(part, dict)
    ]
    prompt = "\n".join(texts).strip()
    if not prompt:
        raise InvalidInput("empty-prompt")
    if len(prompt) > most:
        raise InvalidInput("sent-too-long", limit=most)
    return prompt


async def _upload(request: Request) -> Response:
    from nemo_widgets.studio import fetching, uploads

    user = await _user(request)
    session = await _session(request, user, request.path_params["session"])
    services = _services(request)
    folder, limit = services.workspace.incoming, services.max_upload_bytes
    with await to_thread.run_sync(services.quotas.room, user, session.id) as room:
        if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            arrivals = await uploads.receive(request, folder, limit, room)
        else:
            named = _urls(await _json(request))
            async with services.quotas.turn(user, "fetching"):
                arrivals = await to_thread.run_sync(
                    lambda: fetching.fetch_all(named, folder, limit, room=room, timeout=services.fetch_timeout),
                    limiter=services.fetching,
                )

        def keep() -> list[MediaRow]:
            owner = {"user": user.id, "session": session.id}
            return uploads.keep(arrivals, services.workspace, services.store, **owner, probe=services.prober.probe)

        async with services.quotas.turn(user, "looking"):
            rows = await to_thread.run_sync(keep, limiter=services.looking)
    size = sum(row.bytes for row in rows) / 1e6
    services.register.tell(user.id, f"uploaded {len(rows)} file{'s'[: len(rows) != 1]} ({size:.1f} MB)")
    files = [answers.upload(row, _origin(request)) for row in rows]
    return _ok({"files": files, "session_state_applied": True})


def _urls(body: dict[str, Any]) -> list[str]:
    urls: Any = body.get("urls")
    if not isinstance(urls, list) or not 0 < len(cast("list[Any]", urls)) <= _MOST_URLS:
        raise InvalidInput("sent-many-links", most=_MOST_URLS)
    return [str(url) for url in cast("list[Any]", urls)]


async def _credits(request: Request) -> Response:
    user = await _user(request)
    return _ok(answers.balance(await to_thread.run_sync(_services(request).store.credits, user.id)))


async def _state(request: Request) -> Response:
    user = await _user(request)
    session = await _session(request, user, request.path_params["session"])
    state = await to_thread.run_sync(answers.state, _services(request).store, session, _origin(request))
    return _ok(state)


async def _render(request: Request) -> Response:
    user = await _user(request)
    body = await _json(request)
    session_id = body.get("sessionId") or body.get("session_id")
    services = _services(request)

    def submit() -> JobRow:
        session = services.store.session(user.id, str(session_id))
        if session is None:
            raise SessionNotFound(code=1002)
        draft: Any = body.get("draft") or services.store.draft(session.id)[1]
        if not isinstance(draft, dict):
            raise InvalidInput("nothing")
        title = answers.title_of(cast("dict[str, Any]", draft)) or session.task_name
        return services.renders.submit(
            user.id,
            str(body.get("id") or ""),
            session=session.id,
            draft=cast("dict[str, Any]", draft),
            filename=display_name(title, limit=60).replace(".", "_"),
            output=body.get("output"),
            check=None if user.credits is None else partial(services.quotas.check_render, user),
        )

    job = await to_thread.run_sync(submit)
    services.register.tell(user.id, "asked for an export")
    return JSONResponse(answers.job(job, _origin(request)))


async def _render_status(request: Request) -> Response:
    user = await _user(request)
    job = await to_thread.run_sync(_services(request).renders.look, user.id, request.path_params["job"])
    return JSONResponse(answers.job(job, _origin(request)))


async def _cancel(request: Request) -> Response:
    user = await _user(request)
    job = await to_thread.run_sync(_services(request).renders.cancel, user.id, request.path_params["job"])
    return JSONResponse(answers.job(job, _origin(request)))


async def _download(request: Request) -> Response:
    user = await _user(request)
    job = await to_thread.run_sync(_services(request).renders.look, user.id, request.path_params["job"])
    return _file(_services(request).workspace.video_path(job.folder), "video/mp4", f"{job.filename}.mp4", job.status)


async def _media(request: Request) -> Response:
    services = _services(request)
    row = await to_thread.run_sync(services.store.media, request.path_params["media"])
    if row is None:
        raise HTTPException(404)
    return _file(services.workspace.media_path(row.id, row.format), _TYPES.get(row.format, ""), row.filename)


async def _video(request: Request) -> Response:
    services = _services(request)
    job = await to_thread.run_sync(services.store.job_in, request.path_params["folder"])
    if job is None:
        raise HTTPException(404)
    return _file(services.workspace.video_path(job.folder), "video/mp4", f"{job.filename}.mp4", job.status)


def _file(path: Path, media_type: str, filename: str, status: str = "completed") -> Response:
    if status != "completed" or not path.is_file():
        raise HTTPException(404)
    return FileResponse(
        path,
        media_type=media_type or "application/octet-stream",
        filename=filename,
        content_disposition_type="inline",
        headers=_PRIVATE,
    )
