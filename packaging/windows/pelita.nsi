; The installer of Pelita for Windows: for one person, into their own folder, without administrator rights. installer.py gives:
; VERSION, NUMBERS (a.b.c.d), OUTFILE, ICON, TARGET, FILES (a list of File commands), NEED_KB, COMPRESSOR, and for tests NEED_MEMORY_KB, NEED_BUILD.
; What it writes, and its exit codes: docs/windows.md.
Unicode true
Target ${TARGET}
SetCompressor /SOLID ${COMPRESSOR}
!if ${COMPRESSOR} == lzma
  SetCompressorDictSize 32
!endif
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
Name "Pelita"
BrandingText "Pelita ${VERSION}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\Pelita"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include nsDialogs.nsh
!include TextFunc.nsh
!include x64.nsh

; Exit codes. 0, 1 (cancelled) and 2 (a file could not be written) are NSIS' own.
!define TOO_OLD 3
!define NOT_64 4
!define NO_ROOM 5
!define NO_MEMORY 6
!define RUNNING 7

!define CLASS "Pelita.Package"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "$(W_STOP)"
; Asked before a language is known, so in both; Indonesian stands chosen (.onInit).
!define MUI_LANGDLL_WINDOWTITLE "Pelita ${VERSION}"
!define MUI_LANGDLL_INFO "Pilih bahasa, lalu OK.$\r$\nChoose a language, then OK."
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\Pelita"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"

Caption "$(W_CAPTION)"
UninstallCaption "$(W_UNCAPTION)"
InstallButtonText "$(W_INSTALL)"
UninstallButtonText "$(W_REMOVE)"
SubCaption 4 " "
UninstallSubCaption 2 " "

Page custom CheckPage "" " "
!define MUI_PAGE_HEADER_TEXT "$(W_CAPTION)"
!define MUI_PAGE_HEADER_SUBTEXT "$(W_INSTALLING)"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(W_DONE)"
!define MUI_FINISHPAGE_TEXT "$(W_DONE_MORE)"
!define MUI_FINISHPAGE_BUTTON "$(W_CLOSE)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Pelita.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(W_OPEN)"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(W_DESKTOP)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION MakeDesktopIcon
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_HEADER_TEXT "$(W_UNCAPTION)"
!define MUI_PAGE_HEADER_SUBTEXT "$(W_REMOVES)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(W_REMOVES_MORE)"
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "$(W_FOLDER)"
!define MUI_PAGE_CUSTOMFUNCTION_PRE un.RefuseWhileRunning
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "$(W_UNCAPTION)"
!define MUI_PAGE_HEADER_SUBTEXT "$(W_REMOVING)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(W_REMOVED)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$(W_REMOVED_MORE)"
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

!macro WORDS name indonesian english
  LangString ${name} ${LANG_INDONESIAN} `${indonesian}`
  LangString ${name} ${LANG_ENGLISH} `${english}`
!macroend
!include words.nsh

VIProductVersion "${NUMBERS}"
!macro ABOUT language description
  VIAddVersionKey /LANG=${language} "ProductName" "Pelita"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${description}"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "MIT"
!macroend
!insertmacro ABOUT ${LANG_INDONESIAN} "Pemasang Pelita"
!insertmacro ABOUT ${LANG_ENGLISH} "Pelita setup"

Var Build      ; of Windows, e.g. 19045
Var Release    ; of Windows: 10.0
Var FreeMB     ; on the drive where it goes
Var MemoryMB
Var Failed     ; the exit code of the first check that failed, 0 when none did
Var Why        ; in words
Var OnlyLook   ; 1 with /CHECK
Var Verdict    ; the same, or that all is well
Var Fits0      ; of Windows, 64 bit, memory, room: enough or not, in words
Var Fits1
Var Fits2
Var Fits3
Var Before     ; the version that ran until now

; ---- does this PC qualify?

Function LookAtThisPC
  StrCpy $Failed 0
  StrCpy $Why ""
  StrCpy $Fits0 "$(W_FITS)"
  StrCpy $Fits1 "$(W_FITS)"
  StrCpy $Fits2 "$(W_FITS)"
  StrCpy $Fits3 "$(W_FITS)"
  System::Call '*(i 276, i, i, i, i, &w128) p .r0'
  System::Call 'ntdll::RtlGetVersion(p r0)'
  System::Call '*$0(i, i .r1, i .r2, i .r3)'
  System::Free $0
  StrCpy $Release "$1.$2"
  StrCpy $Build $3

  System::Call '*(i 64, i, l, l, l, l, l, l, l) p .r0'
  System::Call 'kernel32::GlobalMemoryStatusEx(p r0)'
  System::Call '*$0(i, i, l .r1)'
  System::Free $0
  System::Int64Op $1 / 1024
  Pop $4
  System::Int64Op $4 / 1024
  Pop $MemoryMB

  ${GetParent} "$INSTDIR" $0
  ${Do}
    ${If} ${FileExists} "$0\*.*"
      ${Break}
    ${EndIf}
    ${GetParent} "$0" $1
    ${If} $1 == ""
      ${Break}
    ${EndIf}
    StrCpy $0 $1
  ${Loop}
  StrCpy $2 0
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$0\", *l .r2, p 0, p 0)'
  System::Int64Op $2 / 1024
  Pop $5
  System::Int64Op $5 / 1024
  Pop $FreeMB

  System::Int64Op $5 < ${NEED_KB}
  Pop $0
  ${If} $0 <> 0
    StrCpy $Failed ${NO_ROOM}
    StrCpy $Fits3 "$(W_LACKS)"
    StrCpy $Why "$(W_NO_ROOM)"
  ${EndIf}
  System::Int64Op $4 < ${NEED_MEMORY_KB}
  Pop $0
  ${If} $0 <> 0
    StrCpy $Failed ${NO_MEMORY}
    StrCpy $Fits2 "$(W_LACKS)"
    StrCpy $Why "$(W_NO_MEMORY)"
  ${EndIf}
  ${IfNot} ${RunningX64}
    StrCpy $Failed ${NOT_64}
    StrCpy $Fits1 "$(W_LACKS)"
    StrCpy $Why "$(W_NOT_64)"
  ${EndIf}
  ${If} $Build < ${NEED_BUILD}
    StrCpy $Failed ${TOO_OLD}
    StrCpy $Fits0 "$(W_LACKS)"
    StrCpy $Why "$(W_TOO_OLD)"
  ${EndIf}
  StrCpy $Verdict "$(W_QUALIFIES)"
  ${If} $Failed <> 0
    StrCpy $Verdict "$Why"
  ${ElseIf} $MemoryMB < 3500
    StrCpy $Verdict "$(W_LITTLE_MEMORY)"
  ${EndIf}
FunctionEnd

; A line of the page: what the PC has, and whether that is enough.
!macro SHOW_CHECK top words fits
  ${NSD_CreateLabel} 0 ${top}u 84% 12u "${words}"
  Pop $0
  ${NSD_CreateLabel} 84% ${top}u 16% 12u "${fits}"
  Pop $0
  ${NSD_AddStyle} $0 0x0002 ; to the right
!macroend

Function CheckPage
  Call LookAtThisPC
  ${If} $OnlyLook = 1
    ; What the PC has, for whoever looks after many: nothing is installed.
    MessageBox MB_OK "$(W_HAS_WINDOWS): $Fits0$\n$(W_HAS_64): $Fits1$\n$(W_HAS_MEMORY): $Fits2$\n$(W_HAS_ROOM): $Fits3$\n$\n$Verdict"
    SetErrorLevel $Failed
    Quit
  ${EndIf}
  Call RefuseWhileRunning
  !insertmacro MUI_HEADER_TEXT "$(W_CHECK_TITLE)" "$(W_CHECK_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  !insertmacro SHOW_CHECK 0 "$(W_HAS_WINDOWS)" $Fits0
  !insertmacro SHOW_CHECK 14 "$(W_HAS_64)" $Fits1
  !insertmacro SHOW_CHECK 28 "$(W_HAS_MEMORY)" $Fits2
  !insertmacro SHOW_CHECK 42 "$(W_HAS_ROOM)" $Fits3
  ${NSD_CreateLabel} 0 64u 100% 24u "$Verdict"
  Pop $0
  ${NSD_CreateLabel} 0 96u 100% 10u "$(W_FOLDER)"
  Pop $0
  ${NSD_CreateLabel} 0 107u 100% 10u "$INSTDIR"
  Pop $0
  ${NSD_AddStyle} $0 0x8000 ; a long path is shortened in its middle
  ${If} $Failed <> 0
    GetDlgItem $0 $HWNDPARENT 1
    EnableWindow $0 0
  ${EndIf}
  nsDialogs::Show
FunctionEnd

; ---- is it running? Its launcher holds this name until the program has ended.

!macro LOOK_FOR_THE_PROGRAM un
Function ${un}RefuseWhileRunning
  ${Do}
    System::Call 'kernel32::OpenMutexW(i 0x00100000, i 0, w "Local\Pelita") p .r0'
    ${If} $0 = 0
      Return
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r0)'
    ${If} ${Silent}
      SetErrorLevel ${RUNNING}
      Quit
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(W_RUNNING)" IDRETRY again
    SetErrorLevel ${RUNNING}
    Quit
    again:
  ${Loop}
FunctionEnd
!macroend
!insertmacro LOOK_FOR_THE_PROGRAM ""
!insertmacro LOOK_FOR_THE_PROGRAM "un."

Function .onInit
  SetShellVarContext current
  StrCpy $LANGUAGE ${LANG_INDONESIAN}
  ${IfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  Call LookAtThisPC
  ${If} ${Silent}
  ${AndIf} $Failed <> 0
    SetErrorLevel $Failed
    Quit
  ${EndIf}
  ; The chosen language is spoken only once .onInit has ended: what is said to somebody is said on the first page.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/CHECK" $1
  StrCpy $OnlyLook 1
  ${If} ${Errors}
    StrCpy $OnlyLook 0
  ${EndIf}
  ${If} ${Silent}
    ${If} $OnlyLook = 1
      SetErrorLevel $Failed
      Quit
    ${EndIf}
    Call RefuseWhileRunning
  ${EndIf}
FunctionEnd

Function un.onInit
  SetShellVarContext current
  !insertmacro MUI_UNGETLANGUAGE
  ${If} ${Silent}
    Call un.RefuseWhileRunning
  ${EndIf}
FunctionEnd

; ---- installing

; The first line of a small file into $0, "" when there is none.
!macro FIRST_LINE file
  StrCpy $0 ""
  ClearErrors
  FileOpen $1 "${file}" r
  ${IfNot} ${Errors}
    FileRead $1 $0
    FileClose $1
    ${TrimNewLines} "$0" $0
  ${EndIf}
!macroend

!macro WRITE_LINE file line
  ClearErrors
  FileOpen $1 "${file}.new" w
  FileWrite $1 "${line}$\r$\n"
  FileClose $1
  ${If} ${Errors}
    Call CouldNotWrite
  ${EndIf}
  Delete "${file}"
  Rename "${file}.new" "${file}"
!macroend

Function CouldNotWrite
  RMDir /r "$INSTDIR\versions\${VERSION}.new"
  SetErrorLevel 2
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONSTOP "$(W_NOT_WRITTEN)"
  ${EndIf}
  Abort "$(W_NOT_WRITTEN)"
FunctionEnd

Section
  !insertmacro FIRST_LINE "$INSTDIR\active.txt"
  StrCpy $Before $0
  ${If} ${FileExists} "$INSTDIR\trial.txt"
    ; The one that is there never proved itself: the one before it is the one to come back to.
    !insertmacro FIRST_LINE "$INSTDIR\previous.txt"
    ${If} $0 != ""
      StrCpy $Before $0
    ${EndIf}
  ${EndIf}

  RMDir /r "$INSTDIR\versions\${VERSION}.new"
  SetOutPath "$INSTDIR"
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; Everything is on the disk; only now the version takes its place.
  ${If} ${FileExists} "$INSTDIR\versions\${VERSION}\*.*"
    RMDir /r "$INSTDIR\versions\${VERSION}"
  ${EndIf}
  StrCpy $2 0
  ${Do}
    ClearErrors
    Rename "$INSTDIR\versions\${VERSION}.new" "$INSTDIR\versions\${VERSION}"
    ${IfNot} ${Errors}
      ${Break}
    ${EndIf}
    IntOp $2 $2 + 1
    ${If} $2 > 20
      Call CouldNotWrite
    ${EndIf}
    Sleep 500 ; a virus scanner is still looking at it
  ${Loop}

  Delete "$INSTDIR\went-back.txt"
  ${If} $Before != ""
  ${AndIf} $Before != "${VERSION}"
  ${AndIf} ${FileExists} "$INSTDIR\versions\$Before\runtime\*.*"
    !insertmacro WRITE_LINE "$INSTDIR\previous.txt" "$Before"
    !insertmacro WRITE_LINE "$INSTDIR\trial.txt" "180"
  ${Else}
    Delete "$INSTDIR\trial.txt"
  ${EndIf}
  !insertmacro WRITE_LINE "$INSTDIR\active.txt" "${VERSION}"

  CreateShortcut "$SMPROGRAMS\Pelita.lnk" "$INSTDIR\Pelita.exe" "" "$INSTDIR\Pelita.exe" 0 SW_SHOWNORMAL "" "$(W_SHORTCUT)"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/DESKTOP" $1
  ${IfNot} ${Errors}
    Call MakeDesktopIcon
  ${EndIf}

  WriteRegStr HKCU "Software\Classes\.pelita" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\.pelita" "Content Type" "application/x-pelita"
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "$(W_PACKAGE)"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" '"$INSTDIR\Pelita.exe",0'
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\Pelita.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Pelita"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" '"$INSTDIR\Pelita.exe",0'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Pelita"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${NEED_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Function MakeDesktopIcon
  CreateShortcut "$DESKTOP\Pelita.lnk" "$INSTDIR\Pelita.exe" "" "$INSTDIR\Pelita.exe" 0 SW_SHOWNORMAL "" "$(W_SHORTCUT)"
FunctionEnd

; ---- removing: the program, never the records

Section "Uninstall"
  Delete "$SMPROGRAMS\Pelita.lnk"
  Delete "$DESKTOP\Pelita.lnk"
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\Pelita.exe"
  Delete "$INSTDIR\pelita-cmd.exe"
  Delete "$INSTDIR\active.txt"
  Delete "$INSTDIR\previous.txt"
  Delete "$INSTDIR\trial.txt"
  Delete "$INSTDIR\went-back.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  ReadRegStr $0 HKCU "Software\Classes\.pelita" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey HKCU "Software\Classes\.pelita"
  ${EndIf}
  DeleteRegKey HKCU "Software\Pelita"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
