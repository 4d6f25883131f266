"""Addresses of the ledger. A record is named by the unit that keeps it and its number."""

from __future__ import annotations

from django.urls import path

from youju.web.ledger import (
    asking,
    evidence,
    guests,
    importing,
    joint,
    leave_entry,
    printing,
    readings,
    studies,
    tasks,
    transcribing,
    views,
    writing,
)

app_name = "ledger"
RECORD = "<int:ledger_id>/<str:number>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("year.docx", printing.year_as_docx, name="year_docx"),
    path("import/", importing.IMPORT.table, name="import"),
    path("import/<int:pk>/", importing.IMPORT.run, name="import_run"),
    path("import/template.xlsx", importing.IMPORT.template, name="import_template"),
    path("transcribe/", transcribing.transcribe, name="transcribe"),
    path("new/", writing.new, name="new"),
    path("plan/", writing.plan, name="plan"),
    path("tasks/", tasks.index, name="tasks"),
    path("tasks/export.xlsx", tasks.export, name="tasks_export"),
    path("tasks/<int:ledger_id>/<int:task_id>/", tasks.task, name="task"),
    path("studies/", studies.index, name="studies"),
    path("studies/export.xlsx", studies.export, name="studies_export"),
    path("studies/new/", studies.new, name="source_new"),
    path("studies/<int:ledger_id>/<str:number>/", studies.source, name="source"),
    path("studies/<int:ledger_id>/<str:number>/change/", studies.change, name="source_change"),
    path("readings/", readings.index, name="readings"),
    path("readings/export.xlsx", readings.export, name="readings_export"),
    path("readings/<int:ledger_id>/<int:reading_id>/withdraw/", readings.withdraw, name="reading_withdraw"),
    path("joint/", joint.index, name="joint_index"),
    path("joint/<int:pk>/", joint.invitation, name="joint"),
    path("joint/<int:pk>/decline/", joint.refuse, name="joint_decline"),
    path("joint/<int:pk>/withdraw/", joint.leave, name="joint_withdraw"),
    path(RECORD, views.record, name="record"),
    path(RECORD + "joining/", asking.joining, name="joining"),
    path(RECORD + "joining/<int:invitation_id>/recall/", asking.take_back, name="joining_recall"),
    path(RECORD + "print/", printing.printed, name="print"),
    path(RECORD + "signsheet/", printing.sign_sheet, name="signsheet"),
    path(RECORD + "notice/", printing.notice, name="notice"),
    path(RECORD + "record.docx", printing.record_as_docx, name="record_docx"),
    path(RECORD + "hold/", writing.hold, name="hold"),
    path(RECORD + "correct/", writing.correct, name="correct"),
    path(RECORD + "file/", views.file, name="file"),
    path(RECORD + "cancel/", views.cancel, name="cancel"),
    path(RECORD + "remove/", views.remove, name="remove"),
    path(RECORD + "leave/", leave_entry.enter, name="leave"),
    path(RECORD + "leave/<int:member_id>/withdraw/", leave_entry.withdraw, name="leave_withdraw"),
    path(RECORD + "guests/<int:guest_id>/erase/", guests.erase, name="guest_erase"),
    path(RECORD + "evidence/", views.evidence, name="evidence"),
    path(RECORD + "evidence/<int:evidence_id>/", views.evidence_file, name="evidence_file"),
    path(RECORD + "evidence/<int:evidence_id>/preview.jpg", evidence.small, name="evidence_preview"),
    path(RECORD + "evidence/<int:evidence_id>/withdraw/", evidence.withdraw, name="evidence_withdraw"),
]
