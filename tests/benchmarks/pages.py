from tests.benchmarks.rows import NotMeasuredError, Row, Servers


async def measure(_servers: Servers) -> list[Row]:
    raise NotMeasuredError("not written yet")
