"""Addresses of units and members."""

from __future__ import annotations

from django.urls import path

from youju.web.people import accounts, correcting, fees, importing, inviting, leaving, terms, views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    *importing.IMPORT.urls(),
    path("add/", views.add, name="add"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/grant/", accounts.grant_role, name="account_grant"),
    path("accounts/<int:account_id>/withdraw/<int:grant_id>/", accounts.withdraw_role, name="account_withdraw"),
    path("accounts/<int:account_id>/close/", accounts.close, name="account_close"),
    path("accounts/<int:account_id>/password/", accounts.reset_password, name="account_password"),
    path("accounts/<int:account_id>/link/", accounts.link, name="account_link"),
    path("corrections/", correcting.index, name="corrections"),
    path("corrections/<int:correction_id>/", correcting.correction, name="correction"),
    path("fees/", fees.index, name="fees"),
    path("fees/export.xlsx", fees.export, name="fees_export"),
    path("fees/<int:year>/<int:month>/", fees.month, name="fee_month"),
    path("forgetting/", leaving.index, name="leavers"),
    path("forgetting/<int:member_id>/", leaving.forget, name="forget"),
    path("invitations/", inviting.index, name="invitations"),
    path("invitations/<int:invitation_id>/revoke/", inviting.revoke_invitation, name="revoke_invitation"),
    path("terms/", terms.index, name="terms"),
    path("terms/new/", terms.new, name="term_new"),
    path("terms/<int:term_id>/extend/", terms.extend, name="term_extend"),
    path("terms/<int:term_id>/withdraw/", terms.withdraw, name="term_withdraw"),
    path("<int:member_id>/invite/", inviting.invite_member, name="invite"),
    path("<int:member_id>/", views.member, name="member"),
    path("<int:member_id>/change/", views.change, name="change"),
    path("<int:member_id>/leave/", views.leave, name="leave"),
    path("<int:member_id>/appoint/", views.appoint_member, name="appoint"),
    path("<int:member_id>/relieve/<int:post_id>/", views.relieve_member, name="relieve"),
]
