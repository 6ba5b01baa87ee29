"""What all visitors share: the emulator, the pool of true runs, and the bands of the policy of 2020."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from model.lever_settings import LeverSettings, Named
from model.policy import PolicyPath
from outputs.page.confirmed import Confirmed, confirmed, usual_bands
from outputs.page.emulated import Emulation
from outputs.page.link import link
from outputs.page.loading import Loaded, of_path
from outputs.page.runs import REFERENCE, Job, TrueRuns
from outputs.page.setting import Choices, Setting
from outputs.store import Study

TRIED = Named("page_setting", "页面方案", "Setting of the page")


@dataclass(frozen=True, eq=False)
class Desk:
    """One server's study; nothing in it belongs to one visitor."""

    settings: LeverSettings
    runs: TrueRuns
    fresh_seed: int

    @functools.cached_property
    def _study(self) -> Study:
        """The training study, with the names of its places."""
        return Study.open_whole(self.settings.study.path)

    @functools.cached_property
    def emulation(self) -> Emulation:
        """Answers of the emulator."""
        return Emulation(self.settings)

    @property
    def choices(self) -> Choices:
        """What can be set."""
        return self.emulation.choices

    @functools.cached_property
    def usual(self) -> tuple[tuple[dict[str, float], ...], ...]:
        """By headline target: bands by year under the policy of 2020, from true runs of the study."""
        anchor = self.settings.anchor
        members = anchor.finished_members(REFERENCE)
        found = []
        for target in self.emulation.targets:
            columns = {"indicator": target.indicator, "definition": target.definition, "scenario": REFERENCE}
            rows = anchor.read("indicators", **columns)
            wide = rows.pivot_table(index="member", columns="quarter", values="value", observed=True)
            found.append(usual_bands(np.asarray(wide.loc[members].to_numpy(float))))
        return tuple(found)

    def warm(self) -> None:
        """Work out what is kept, so that the first visitor waits no longer than the others."""
        self.emulation.answer(Setting())
        _ = (self.emulation.study_id, self.usual, self.settings.presets, self.place_names("zh"))

    def key(self, setting: Setting) -> str:
        """Says a setting; also what a link carries."""
        return link(setting, self.choices)

    def ask(self, setting: Setting, who: object) -> Job:
        """Begin or join the true runs of a setting."""
        return self.runs.ask(self.key(setting), lambda: self._path(setting), who)

    def job(self, setting: Setting) -> Job | None:
        """True runs of a setting that were asked for."""
        return self.runs.find(self.key(setting))

    def confirmed(self, job: Job | None) -> Confirmed | None:
        """What the runs of a job say so far."""
        return confirmed(job, self.emulation.targets) if job else None

    def place_names(self, language: str) -> dict[str, str]:
        """Names of places for readers, by their id."""
        return {place.place_id: place.name(language) for place in self._study.definition.places}

    def file_text(self, setting: Setting, named: Named, notes: str) -> str:
        """Scenario file of a setting, checked by the project's loader.

        Raises
        ------
        ScenarioError : the name is the library's, or a label is empty.
        """
        return self.settings.file_text(self.choices.vector(setting), named, notes)

    def read(self, content: bytes, name: str, language: str) -> Loaded:
        """What a scenario file makes of the controls.

        Raises
        ------
        ScenarioError : the project's reader refuses it, in the language.
        """
        return of_path(self.settings.file_path(content, name, language), self.choices, self.settings)

    def _path(self, setting: Setting) -> PolicyPath:
        return self.settings.path(self.choices.vector(setting), TRIED)


__all__ = ["Desk"]
