"""How fast the claims reader is: characters a second in one process beside a plain regular expression, hostile text,
and the CPU of `youju claims` on 5,000 characters with its start.

    python3 run.py bench claims
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from youju.prose.claims import read

# Written for this measurement: as dense in numbers as a real report (about seven claims in a thousand characters).
PARAGRAPH = """（一）落实主体责任，夯实基层基础。今年以来，支部始终把学习放在首位，坚持读原著、学原文、悟原理，认真落实“三会一课”制度，
召开支委会12次、党员大会4次，书记带头讲党课2次。坚持每月开展1次主题党日，结合重点工作设计主题，组织党员到联系村走访农户60余户，
帮助群众解决实际困难18件。在深化学习的基础上，引导党员把学习成果转化为推动工作的具体举措，着力破解为农服务中的难点堵点，干部作风进一步转变，
服务水平进一步提升，群众满意度不断提高。持续加强党员日常教育管理，健全学习档案，完善请假补课办法，做到有计划、有记录、有检查、有反馈，
推动党建工作与业务工作同谋划、同部署、同落实。严格执行请示报告制度，重大事项集体讨论、会议决定，班子成员各负其责、相互补台，形成了一级抓一级、
层层抓落实的工作局面。
"""
PLAIN = re.compile(
    r"[每按](?:半|个)?(?:月|季度|周|年)[^，。；]{0,12}?[\d一二两三四五六七八九十]+次"
    r"|近?[\d.]+[余多]?万?(?:次|名|人次|人|户|件|个|篇|场|期|元|%)(?:以上)?"
)


def cpu(work: Callable[[], object], *, times: int = 5) -> float:
    """The least CPU seconds of several runs: what the work costs when nothing else is in the way."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def started(text: str) -> tuple[float, float]:
    """CPU seconds of `youju claims FILE --json`, and of an interpreter that does nothing."""
    import resource

    def of(command: list[str]) -> float:
        best = float("inf")
        for _ in range(7):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return best

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        whole = of([sys.executable, "-m", "youju.cli", "claims", str(path), "--json"])
    return whole, of([sys.executable, "-c", "pass"])


def main() -> None:
    text = PARAGRAPH * 400
    claims = [c for c in read(text) if c.class_ != "none"]
    reader, plain = cpu(lambda: read(text)), cpu(lambda: PLAIN.findall(text))
    density = len(claims) * 1000 / len(text)
    print(f"文字 {len(text)} 字，每千字 {density:.1f} 条说法")
    print(f"读说法      {len(text) / reader:>12,.0f} 字/秒")
    print(f"一遍正则    {len(text) / plain:>12,.0f} 字/秒（不判性质、门类、主体、时间）")
    print(f"比值        {reader / plain:>12.1f}")
    print(f"每条说法    {reader / len(claims) * 1e6:>12.0f} 微秒")
    for name, hostile in (
        ("一百万个数字", "1" * 1_000_000),
        ("每月每季度", "每月每季度" * 66_000),
        ("短行一次", "1次\n" * 200_000),
    ):
        print(f"{name}：{cpu(lambda hostile=hostile: read(hostile), times=1):.2f} CPU 秒（1 MB）")  # type: ignore[misc]
    try:
        whole, bare = started(text[:5000])
    except ImportError:  # no resource module on Windows
        print("起动：本系统量不了 CPU 时间")
        return
    print(f"youju claims 5000 字：{whole:.3f} CPU 秒，其中解释器 {bare:.3f}")


if __name__ == "__main__":
    main()
