"""The data files, wherever the package lies."""

import json
import zipfile
from pathlib import Path

import pytest

from baselint import resources

CHECKOUT = Path(__file__).parents[1]


def data(directory: Path) -> Path:
    root = directory / "_data"
    for name, text in {
        "schema/control.schema.json": '{"title": "a control"}',
        "site/templates/b/second.md.j2": "zwei",
        "site/templates/a.md.j2": "ä",
        "site/templates/c.md.j2": "drei",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_a_checkout_reads_its_own_tree() -> None:
    assert Path(str(resources.data_root())) == CHECKOUT
    shown = json.loads(resources.read_text("schema", "control.schema.json"))
    assert shown == json.loads((CHECKOUT / "schema" / "control.schema.json").read_text(encoding="utf-8"))


def test_an_installed_package_reads_what_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data(tmp_path)
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    assert resources.data_root() == tmp_path / "_data"
    assert resources.read_text("schema", "control.schema.json") == '{"title": "a control"}'


def test_data_without_its_schemas_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_data" / "site").mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    assert Path(str(resources.data_root())) == CHECKOUT


EXPECTED = [("a.md.j2", "ä"), ("b/second.md.j2", "zwei"), ("c.md.j2", "drei")]


def test_texts_are_sorted_and_named_below_their_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data(tmp_path)
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    assert list(resources.texts("site", "templates")) == EXPECTED


def test_texts_are_read_from_a_zip_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = data(tmp_path)
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for path in sorted(root.rglob("*.*"), reverse=True):
            archive.write(path, path.relative_to(tmp_path).as_posix())
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        monkeypatch.setattr(resources, "files", lambda _package: zipfile.Path(archive))
        assert list(resources.texts("site", "templates")) == EXPECTED


def test_every_kind_of_data_is_there() -> None:
    names = [name for name, _ in resources.texts("schema")]
    assert names == sorted(names)
    assert {"control.schema.json", "baseline.schema.json", "framework.schema.json"} < set(names)
