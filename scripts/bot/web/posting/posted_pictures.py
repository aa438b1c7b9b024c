"""The pictures of a form: those just sent, made harmless, and those kept from an earlier try."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from plugins.forms.faults import FieldFault
from scripts.bot.french import web as french
from scripts.bot.submission import Picture
from scripts.bot.web.posting.pictures import PictureError, clean_picture

if TYPE_CHECKING:
    from collections.abc import Collection

    from plugins.model.schema.schemas import FlatSchema
    from scripts.bot.web.posting.kept import KeptPictures
    from scripts.bot.web.posting.posted_form import PostedForm, Upload

KEPT: Final = "kept."  # before the name of a file's input: the reference of a picture that was kept


@dataclass(slots=True)
class FormPictures:
    """What came in for each input: a picture, or what is wrong with it."""

    pictures: dict[str, Picture] = field(default_factory=dict)  # input name → picture
    faults: list[FieldFault] = field(default_factory=list)
    too_large: bool = False

    @property
    def names(self) -> dict[str, str]:
        """Input name → file name."""
        return {name: picture.name for name, picture in self.pictures.items()}

    @property
    def contents(self) -> dict[str, bytes]:
        """File name → content."""
        return {picture.name: picture.content for picture in self.pictures.values()}


def file_inputs(flat: FlatSchema) -> list[str]:
    """The names of the inputs of a form through which pictures come; those of repeated groups are not among them."""
    return [field.dotted for field in flat.every_field() if field.widget == "file" and "*" not in field.path]


def form_pictures(form: PostedForm, inputs: Collection[str], kept: KeptPictures) -> FormPictures:
    """The pictures for the file inputs ``inputs`` of a form. What was sent now goes before what was kept.

    Decodes pictures: not for the event loop.
    """
    found = FormPictures()
    for name in inputs:
        upload = next((upload for upload in form.uploads if upload.name == name), None)
        if upload is not None:
            _take(found, name, upload)
        elif reference := form.get(KEPT + name):
            picture = kept.get(reference, stem(name))
            if picture is None:
                found.faults.append(FieldFault(name, french.PICTURE_LOST))
            else:
                found.pictures[name] = picture
    return found


def stem(name: str) -> str:
    """What a picture is called until the proposal gives it the name of its entry: ``image.file`` → ``image``."""
    return name.replace(".file", "").replace(".", "-")


def _take(found: FormPictures, name: str, upload: Upload) -> None:
    if upload.too_large:
        found.too_large = True
        found.faults.append(FieldFault(name, french.PICTURE_TOO_HEAVY))
        return
    try:
        clean = clean_picture(upload.file)
    except PictureError as error:
        found.faults.append(FieldFault(name, str(error)))
    else:
        found.pictures[name] = Picture(f"{stem(name)}{clean.ending}", clean.media_type, clean.content)
