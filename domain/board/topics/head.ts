/** What every scene of the management wall holds beside its own figures. */
import { alarmSettings, isInForce } from '../../profile/profile.ts';
import type { Turn as PlannedTurn } from '../../profile/scenes.ts';
import { MONTH, TODAY } from '../residency.ts';
import { toAlarmCards } from './alarms.ts';
import { isKey } from './bounds.ts';
import type { Display, Proof, SceneHead } from './data.ts';
import { toCountdownBasis, toDayHead, toHallHead, type BoardView } from './view.ts';

export function toSceneHead(view: BoardView): SceneHead {
  const { sound, speech } = alarmSettings(view.config.profile);
  const { cards, more } = toAlarmCards(view);
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    proof: toProof(view),
    thresholds: view.config.profile.targets,
    display: toDisplay(view),
    alarms: cards,
    ...(more > 0 ? { moreAlarms: more } : {}),
    announcing: { sound, speech },
    ...toCountdownBasis(view),
  };
}

function toProof({ state, config, day, today }: BoardView): Proof {
  let lastCaseAt: number | undefined;
  for (const entry of state.entries.case.values())
    if (entry.day === day && entry.at > (lastCaseAt ?? -Infinity)) lastCaseAt = entry.at;
  const stations = config.profile.stations.filter((station) => isInForce(station, day));
  const heardAt = stations.flatMap(({ id }) => {
    const at = state.heardAt.get(id);
    return at === undefined || !isKey(id) ? [] : [[id, at] as const];
  });
  return {
    ...(lastCaseAt === undefined ? {} : { lastCaseAt }),
    stations: stations.length,
    heardAt: Object.fromEntries(heardAt),
    corrected: today.corrected + today.voided,
  };
}

function toDisplay(view: BoardView): Display {
  const { playlist, resumeSeconds, theme, language } = view.config.scenes;
  return {
    theme,
    language,
    resumeSeconds,
    playlist: playlist.filter((turn) => isWorthShowing(turn, view)).map(({ scene, seconds }) => ({ scene, seconds })),
  };
}

/** Whether a turn's condition holds: decided here, so that a wall need not hold the topic that it is about. */
function isWorthShowing({ when }: PlannedTurn, view: BoardView): boolean {
  const { entries } = view.state;
  switch (when) {
    case 'always':
      return true;
    case 'working-day':
      return toDayHead(view).working;
    case 'pilot':
      return view.config.profile.medicalPilot !== undefined;
    case 'rated-today':
      return hasScores(view, TODAY);
    case 'rated':
      return hasScores(view, MONTH);
    case 'poor-open':
      return [...entries.followup.values()].some(({ about }) => about === 'rating');
    case 'starred':
      return entries.star.size > 0;
  }
}

function hasScores(view: BoardView, range: string): boolean {
  for (const names of view.table(range).of('score').values()) for (const n of names.values()) if (n > 0) return true;
  return false;
}
