"""Published maps for tests, in folders."""

from pathlib import Path

from api.publishing import files_of
from conceptmap.map import CourseMap
from conceptmap.site_folder import SiteFolder

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"


def published(course: CourseMap, folder: Path, base: str = "") -> list[str]:
    """Write the site of a map; gives what was told meanwhile."""
    told: list[str] = []
    place = SiteFolder.at(folder)
    for file in files_of(course, base, told.append):
        place.write(file.path, file.body)
    place.finish()
    return told
