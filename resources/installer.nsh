; Part of the installer for Windows: who opens links into the app. electron-builder's "protocols" reach macOS, Linux and AppX, and no NSIS installer.
; The app itself also takes the links as it starts (main/desktop/register-links.ts); by this they work before its first start.

!define LINKS "Software\Classes\quarterdeck"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "${LINKS}" "" "URL:${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "${LINKS}" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "${LINKS}\DefaultIcon" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
  WriteRegStr SHELL_CONTEXT "${LINKS}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

; Another copy of the app may have them by now: only what leads into this folder goes.
!macro forgetLinks ROOT
  ReadRegStr $R0 ${ROOT} "${LINKS}\shell\open\command" ""
  StrCpy $R1 '"$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
  StrLen $R2 $R1
  StrCpy $R0 $R0 $R2
  ${if} $R0 == $R1
    DeleteRegKey ${ROOT} "${LINKS}"
  ${endIf}
!macroend

!macro customUnInstall
  ; An update takes the old copy away only to put the new one in its place.
  ${ifNot} ${isUpdated}
    !insertmacro forgetLinks SHELL_CONTEXT
    ; The app writes for the person alone, also when it is installed for everybody.
    !insertmacro forgetLinks HKEY_CURRENT_USER
  ${endIf}
!macroend
