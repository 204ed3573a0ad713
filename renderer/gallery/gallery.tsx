/**
 * The window on a scripted feed, for looking at and for screenshots; not part of the build.
 * `?scene=<name>` chooses what is fed; see `scenes.ts`.
 */

import { mountApp } from '../mount.tsx';
import { go } from '../store/route.ts';
import { scenes } from './scenes.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

const name = new URLSearchParams(location.search).get('scene') ?? 'tour';
const scene = scenes[name] ?? scenes.tour;
if (!scene) throw new Error(`There is no scene "${name}"`);
const bridge = new ScriptedBridge(scene);
mountApp(bridge);
if (scene.route) go(scene.route);
Object.assign(window, { bridge });
