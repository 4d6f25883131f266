"""Addresses of 述职. A report is named by its unit and its year."""

from __future__ import annotations

from django.urls import path

from youju.web.report import auditing, draft_outgoing, draft_writing, drafting, handing, ideas, kept, outgoing, views

app_name = "report"
REPORT = "<int:unit_id>/<int:year>/"
DRAFT = "draft/<int:pk>/"
PASSAGE = DRAFT + "passage/<int:passage_id>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("check/", auditing.audit, name="audit"),
    path("kept/", kept.kept, name="kept"),
    path("kept/keep/", kept.keep, name="keep"),
    path("kept/<int:pk>/", kept.kept_run, name="kept_run"),
    path("kept/<int:pk>/discard/", kept.discard, name="kept_discard"),
    path(REPORT, views.workspace, name="workspace"),
    path(REPORT + "docx/", outgoing.docx, name="docx"),
    path(REPORT + "pdf/", outgoing.pdf, name="pdf"),
    path(REPORT + "sources/", outgoing.sources, name="sources"),
    path(REPORT + "box/", outgoing.box, name="box"),
    path(REPORT + "check/", views.check, name="check"),
    path(REPORT + "start/", drafting.start, name="start"),
    path("drafts/", drafting.drafts, name="drafts"),
    path("idea/", ideas.idea, name="idea"),
    path(DRAFT, drafting.draft, name="draft"),
    path(DRAFT + "docx/", draft_outgoing.docx, name="draft_docx"),
    path(DRAFT + "pdf/", draft_outgoing.pdf, name="draft_pdf"),
    path(DRAFT + "sources/", draft_outgoing.sources, name="draft_sources"),
    path(DRAFT + "box/", draft_outgoing.box, name="draft_box"),
    path(DRAFT + "versions/", drafting.versions, name="versions"),
    path(DRAFT + "head/", draft_writing.head, name="head"),
    path(DRAFT + "insert/", draft_writing.insert, name="insert"),
    path(DRAFT + "preview/", draft_writing.preview, name="preview"),
    path(DRAFT + "update/", draft_writing.update, name="update"),
    path(DRAFT + "alternative/<int:alternative_id>/", draft_writing.alternative, name="alternative"),
    path(PASSAGE, draft_writing.passage, name="passage"),
    path(PASSAGE + "remove/", draft_writing.remove, name="remove"),
    path(PASSAGE + "move/", draft_writing.move, name="move"),
    path(DRAFT + "ignore/", handing.ignore, name="ignore"),
    path(DRAFT + "ignored/<int:ignored_id>/", handing.unignore, name="unignore"),
    path(DRAFT + "final/", handing.final, name="final"),
    path(DRAFT + "withdraw/", handing.withdraw, name="withdraw"),
    path(DRAFT + "hand-in/", handing.hand_in, name="hand_in"),
    path("handed/", handing.handed_list, name="handed_list"),
    path("handed/<int:pk>/", handing.handed, name="handed"),
    path("handed/<int:pk>/docx/", handing.handed_docx, name="handed_docx"),
]
