/**
 * The window on a scripted feed, for looking at and for screenshots; not part of the build.
 * `?scene=<name>` chooses what is fed; see `scenes.ts`. `&locale=<tag>` the language, also one of those made to try layouts with.
 */

import type { CommandId, SessionId } from '../../main/protocol/ids.ts';
import { mountApp } from '../mount.tsx';
import { diffLayout } from '../store/diff-layout.ts';
import { setDraft } from '../store/drafts.ts';
import { openFind } from '../store/find.ts';
import { languageStore } from '../store/language.ts';
import { outbox } from '../store/outbox.ts';
import { go } from '../store/route.ts';
import { sidePanel } from '../store/side-panel.ts';
import { isLanguage, isPseudoLocale } from '../strings/languages.ts';
import { mountMenusInDialog } from './menus-in-dialog.tsx';
import { scenes } from './scenes.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

const asked = new URLSearchParams(location.search);
const locale = asked.get('locale');
if (isLanguage(locale) || isPseudoLocale(locale)) languageStore.setState({ choice: locale });
const name = asked.get('scene') ?? 'tour';
if (name === 'menus-in-dialog') mountMenusInDialog();
else showScene();

function showScene(): void {
  const scene = scenes[name] ?? scenes.tour;
  if (!scene) throw new Error(`There is no scene "${name}"`);
  outbox.setState(
    (scene.unsent ?? []).map((text, at) => ({
      commandId: `unsent-${at}` as CommandId,
      sessionId: scene.sessions[0]?.sessionId ?? ('ses_gone0000' as SessionId),
      text,
      problem: null,
      sentAs: null,
    })),
    true,
  );
  if (scene.panel) {
    const { tab, wide = false, split = false } = scene.panel;
    sidePanel.setState({ shown: true, sheet: true, tab, wide });
    diffLayout.setState({ layout: split ? 'split' : 'unified' });
  }
  const bridge = new ScriptedBridge(scene);
  if (scene.draft !== undefined && scene.route?.name === 'session') setDraft(scene.route.sessionId, scene.draft);
  mountApp(bridge);
  if (scene.route) go(scene.route);
  if (scene.find !== undefined && scene.route?.name === 'session')
    openFind(scene.route.sessionId, { text: scene.find, words: null, seq: null });
  Object.assign(window, { bridge });
  if (scene.draft !== undefined) writeOn();
}

/** Puts the caret behind what stands in the composer, once that is there. */
function writeOn(): void {
  const field = document.querySelector<HTMLTextAreaElement>('.composer-input');
  if (!field) {
    requestAnimationFrame(writeOn);
    return;
  }
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  // As a key would have moved it there.
  field.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
}
