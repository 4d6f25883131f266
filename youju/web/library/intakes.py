"""入库报告: the runs, how far each has come, and what became of every file."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from youju.kit.refusal import NotAllowed, Refusal
from youju.library.documents.queries import visible_to
from youju.library.intake.models import Intake, IntakeRow
from youju.library.intake.queries import counts_of, intake_for, intakes_of, rows_of
from youju.library.intake.tasks import go_on
from youju.library.intake.values import Counts, State, Way
from youju.web.library.reader import Circle, account, circles, reader
from youju.web.shared import clock

PER_PAGE, RUNS_PER_PAGE = 100, 30
TAGS = {State.ADDED: "ok", State.COPY: "dai", State.KNOWN: "", State.REFUSED: "warn", State.WAITING: ""}
#: What is said of a run that stopped and does not go on from its page.
STOPPED = {
    Way.PATHS: "这一批是在命令行里入库的，没有写完：再运行一次同样的 youju library import，会接着来，不会重复。",
    Way.PASTE: "这一篇没有写完，请再粘贴一次。",
    Way.INBOX: "这一批没有写完，下次看收件目录时会接着来。",
}


@dataclass(frozen=True)
class FileRow:
    """One file: where it stood, what became of it, and the document where that is his to read."""

    path: str
    state: str
    tag: str
    sentence: str
    document_id: int | None
    title: str


@dataclass(frozen=True)
class Tab:
    zh: str
    count: int
    value: str
    current: bool


@dataclass(frozen=True)
class RunRow:
    intake: Intake
    way: str
    circle: str
    counts: Counts


@dataclass(frozen=True)
class IntakePage:
    """One run. ``goes_on`` says that its page takes the next files; ``stopped`` what to do where it does not."""

    run: RunRow
    tabs: tuple[Tab, ...]
    rows: tuple[FileRow, ...]
    pages: Page[IntakeRow]
    goes_on: bool
    stopped: str

    @property
    def gone_rows(self) -> bool:
        """Rows that say only 已入过 are let go after a month."""
        return self.run.counts.known > 0 and not any(tab.value == State.KNOWN for tab in self.tabs)


@require_safe
def intakes(request: HttpRequest) -> HttpResponse:
    _require_keeper(request)
    pages = Paginator(intakes_of(account(request), on=clock.today()), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/intakes.html", {"pages": pages, "runs": [_run(one) for one in pages]})


@require_safe
def intake(request: HttpRequest, intake_id: int) -> HttpResponse:
    return render(request, "library/intake.html", {"page": _page(request, _mine(request, intake_id))})


@require_POST
def resume(request: HttpRequest, intake_id: int) -> HttpResponse:
    """The next turn of a run that was sent through a page; pressed again when it is done, it changes nothing."""
    row = _mine(request, intake_id)
    try:
        go_on(row, at=clock.now())
    except Refusal as refusal:
        page = _page(request, row)
        return render(request, "library/intake.html", {"page": page, "halted": refusal.sentence}, status=422)
    return redirect("library:intake", row.pk)


def _mine(request: HttpRequest, intake_id: int) -> Intake:
    """Raises NotYours, and NotAllowed for who puts nothing in anywhere."""
    _require_keeper(request)
    return intake_for(account(request), intake_id, on=clock.today())


def _require_keeper(request: HttpRequest) -> None:
    reader(request)
    if not circles(request):
        raise NotAllowed("入库报告给放素材的人看；您可以看和下载素材。")


def _run(row: Intake) -> RunRow:
    return RunRow(row, Way(row.way).zh, Circle(row.unit).zh, counts_of(row))


def _page(request: HttpRequest, row: Intake) -> IntakePage:
    run = _run(row)
    asked = request.GET.get("state", "")
    rows = rows_of(row)
    there = {state: rows.filter(state=state).count() for state in State}
    tabs = [Tab("全部", sum(there.values()), "", asked not in list(State))]
    tabs += [Tab(state.zh, count, state.value, asked == state) for state, count in there.items() if count]
    chosen = rows_of(row, State(asked)) if asked in list(State) else rows
    pages = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    done = row.finished_at is not None
    return IntakePage(
        run=run, tabs=tuple(tabs), rows=_rows(request, list(pages)), pages=pages,
        goes_on=not done and row.way == Way.UPLOAD, stopped="" if done else STOPPED.get(Way(row.way), ""),
    )  # fmt: skip


def _rows(request: HttpRequest, rows: list[IntakeRow]) -> tuple[FileRow, ...]:
    """A document that was given to another circle since, or taken out, is not named."""
    ids = [row.document_id for row in rows if row.document_id]
    titles = dict(visible_to(reader(request)).filter(pk__in=ids).values_list("pk", "title"))
    return tuple(
        FileRow(
            row.path, State(row.state).zh, TAGS[State(row.state)], row.sentence,
            row.document_id if row.document_id in titles else None, titles.get(row.document_id or 0, ""),
        )
        for row in rows
    )  # fmt: skip
