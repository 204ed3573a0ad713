import { createBridge } from './bridge.ts';
import { mountApp } from './mount.tsx';

mountApp(createBridge());
