import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { bridgeName, channels, type PageCommand, type QuarterdeckBridge } from '../main/protocol/ipc.ts';

contextBridge.exposeInMainWorld(bridgeName, {
  hello: () => ipcRenderer.send(channels.hello),
  send: (frame) => ipcRenderer.send(channels.toMain, frame),
  onFrame: (listener) => {
    const forward = (_event: IpcRendererEvent, frame: string) => listener(frame);
    ipcRenderer.on(channels.toWindow, forward);
    return () => {
      ipcRenderer.off(channels.toWindow, forward);
    };
  },
  onCommand: (listener) => {
    const forward = (_event: IpcRendererEvent, command: PageCommand) => listener(command);
    ipcRenderer.on(channels.command, forward);
    return () => {
      ipcRenderer.off(channels.command, forward);
    };
  },
  note: (note) => ipcRenderer.send(channels.note, note),
  notices: (request) => ipcRenderer.invoke(channels.notices, request),
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder),
  chooseFile: () => ipcRenderer.invoke(channels.chooseFile),
  openPlace: (place) => ipcRenderer.invoke(channels.openPlace, place),
  openExternal: (url) => ipcRenderer.invoke(channels.openExternal, url),
  openWindow: (sessionId) => ipcRenderer.invoke(channels.openWindow, sessionId),
  desktop: (change) => ipcRenderer.invoke(channels.desktop, change),
  pathOf: (dropped) => webUtils.getPathForFile(dropped as File),
  platform: process.platform,
} satisfies QuarterdeckBridge);
