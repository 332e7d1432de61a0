/** What waits in the demo for somebody to read it: said once, whatever became of it. */
import type { Said } from '../../domain/voices/events.ts';
import type { Actor } from '../ledger/actor.ts';
import type { VoiceForm } from '../voices/form.ts';

const WORDS: readonly (Said & { readonly station: string })[] = [
  { code: 'DEM2DEM2D2', kind: 'suggestion', station: 'hall', text: '等候区靠门的座位太冷，能不能加一道门帘？' },
  {
    ...{ code: 'DEM2DEM2D3', kind: 'cannot-be-done', station: 'hall' },
    text: '异地备案跑了两趟，第一次少带一份材料，第二次系统维护，还是没办成。',
  },
  {
    code: 'DEM2DEM2D4',
    kind: 'suggestion',
    station: 'meifeng',
    text: '社区站点中午能不能留一个人值班？上班的人只有中午有空。',
  },
];

/** Their codes are no secret: what they lead to is made up. */
export async function sayDemoWords({ receive }: Pick<VoiceForm, 'receive'>, actor: Actor): Promise<void> {
  for (const said of WORDS) await receive(said, 'tablet', actor);
}
