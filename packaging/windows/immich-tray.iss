; Inno Setup 6: an installer for one person, without administrator. Not yet run.
; ISCC /DVersion=0.1.0 packaging\windows\immich-tray.iss   (after PyInstaller has filled dist\)
#ifndef Version
  #error Say /DVersion=...
#endif

[Setup]
AppId=io.github.immich_tray.ImmichTray
AppName=Immich Tray
AppVersion={#Version}
AppPublisher=The Immich Tray developers
DefaultDirName={localappdata}\Programs\Immich Tray
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
CloseApplications=yes
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=immich-tray-{#Version}-windows-setup
LicenseFile=LICENSE
Compression=lzma2
SolidCompression=yes

[Files]
Source: "dist\immich-tray\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{userprograms}\Immich Tray"; Filename: "{app}\immich-trayw.exe"

[Tasks]
Name: "autostart"; Description: "Start at login"

[Registry]
; The value that the program itself writes (desktop/autostart/run_key.py), and its switch.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "immich-tray"; ValueData: """{app}\immich-trayw.exe"" --hidden"; Flags: uninsdeletevalue; Tasks: autostart

[Run]
Filename: "{app}\immich-trayw.exe"; Description: "Start Immich Tray"; Flags: nowait postinstall skipifsilent

[UninstallRun]
; Ends the program, then the session at the server, keychain entry, task and Run key. No photo.
Filename: "{app}\immich-trayw.exe"; Parameters: "quit"; Flags: runhidden; RunOnceId: "quit"
Filename: "{app}\immich-trayw.exe"; Parameters: "logout"; Flags: runhidden; RunOnceId: "logout"
Filename: "schtasks.exe"; Parameters: "/Delete /TN immich-tray-backup /F"; Flags: runhidden; RunOnceId: "task"
Filename: "reg.exe"; Parameters: "delete HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v immich-tray /f"; Flags: runhidden; RunOnceId: "run"
