"""What is kept compiled belongs to one state of the kernels."""

from palermo.statistics import compiled


def test_a_change_of_any_kernel_has_all_compiled_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "KERNELS", tmp_path / "tests/kernels")
    kernel = tmp_path / "tests/kernels/a/kernel.py"  # whatever the folders above are called
    kernel.parent.mkdir(parents=True)
    kernel.write_text("one = 1\n", "utf-8")
    first = compiled.place(tmp_path / "kept")
    first.mkdir(parents=True)
    assert compiled.place(tmp_path / "kept") == first
    assert first.exists()
    kernel.write_text("one = 2\n", "utf-8")
    assert compiled.place(tmp_path / "kept") != first
    assert not first.exists()


def test_every_kernel_is_compiled_here():
    kernels = [one for one in compiled.KERNELS.rglob("*.py") if "numba" in one.read_text("utf-8")]
    assert [one.name for one in kernels if "tests" not in one.parts] == ["compiled.py"]


def test_tests_are_no_kernels(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "KERNELS", tmp_path)
    before = compiled.place(tmp_path / "kept")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_one.py").write_text("", "utf-8")
    assert compiled.place(tmp_path / "kept") == before


def test_a_function_is_the_same_compiled():
    assert compiled.compiled(lambda one: one + 1)(1) == 2
