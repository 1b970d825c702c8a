#!/bin/sh
# Take Immich Tray off this Mac: session, keychain entry, LaunchAgents, app. Not yet run.
# Photos, settings and records stay.
set -u
app="/Applications/Immich Tray.app"
program="$app/Contents/MacOS/immich-tray"
if [ -x "$program" ]; then
    "$program" quit || true
    "$program" logout || true
fi
for label in immich-tray immich-tray-backup; do
    launchctl bootout "gui/$(id -u)/$label" 2>/dev/null || true
    rm -f "$HOME/Library/LaunchAgents/$label.plist"
done
rm -rf "$app"
