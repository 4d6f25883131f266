"""What a code proves and what a slip means: pure judgement over a key, a moment and a list."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from youju.records.activities.values import Attendance
from youju.records.signin.values import PAST_STEPS, STEP, Sheet

MAC_BYTES = 12  # 96 bits: nobody guesses one in the ninety seconds it counts
_LONGEST = 60


def code_for(key: bytes, session_id: int, moment: datetime) -> str:
    """The code a screen shows at a moment: session, step of 30 seconds, and the proof that we wrote it."""
    return _code(key, session_id, _step(moment))


def session_in(key: bytes, code: str, moment: datetime) -> int | None:
    """The session a code admits to at a moment: the one on the screen now or one of the two before. None for any other."""
    if len(code) > _LONGEST or not code.isascii():
        return None
    session, _, rest = code.partition(".")
    step, _, _ = rest.partition(".")
    if not (session.isdecimal() and step.isdecimal()):
        return None
    genuine = hmac.compare_digest(code, _code(key, int(session), int(step)))
    return int(session) if genuine and 0 <= _step(moment) - int(step) <= PAST_STEPS else None


def seconds_left(moment: datetime) -> int:
    """How long the code of this moment stays on the screen."""
    return STEP - int(moment.timestamp()) % STEP


def attendance_at(sheet: Sheet, moment: datetime) -> Attendance:
    """到, or 迟到 for who signed after the unit's minutes of grace."""
    return Attendance.LATE if moment > sheet.late_from else Attendance.PRESENT


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def _code(key: bytes, session_id: int, step: int) -> str:
    plain = f"{session_id}.{step}"
    mac = hmac.new(key, f"signin:{plain}".encode(), hashlib.sha256).digest()[:MAC_BYTES]
    return f"{plain}.{base64.urlsafe_b64encode(mac).decode()}"
