"""A guard for tests: a request does at most one thing, which is one entry of the trail."""

from palermo.audit import action

written: list[str] = []
append = action.append


def counted(by, on, name, *rest):
    """Write the entry, and remember that it was written."""
    made = append(by, on, name, *rest)
    written.append(name)
    return made


action.append = counted


def at_most_one(get_response):
    """Fail the test whose request left more than one entry."""

    def answer(request):
        written.clear()
        response = get_response(request)
        assert len(written) <= 1, f"{request.method} {request.path} did {written}"
        return response

    return answer
