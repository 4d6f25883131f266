"""Find a PostgreSQL server on which tests may make a database: prints its URL, or on stderr why there is none."""

import getpass
import os
import sys
from collections.abc import Iterator

import psycopg

OLDEST = 150000


def candidates() -> Iterator[str]:
    """The URL that was given, or the usual server of this machine without a password."""
    given = os.environ.get("YOUJU_TEST_DATABASE_URL")
    if given:
        yield given
        return
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        yield f"postgresql://{user}@127.0.0.1:5432/youju"


def trouble_with(url: str) -> str | None:
    """None where a test database can be made there; else the reason."""
    try:
        with psycopg.connect(url, dbname="postgres", connect_timeout=3, autocommit=True) as connection:
            if connection.info.server_version < OLDEST:
                return f"PostgreSQL 太旧（{connection.info.server_version // 10000}），需要 15 以上"
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return None if row and row[0] else "该账号不能建测试数据库"
    except psycopg.Error as error:
        return (str(error).strip().splitlines() or ["连不上"])[-1]


def main() -> int:
    """Print the first server that will do."""
    why = ""
    for url in candidates():
        trouble = trouble_with(url)
        if trouble is None:
            print(url)
            return 0
        why = why or trouble
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
