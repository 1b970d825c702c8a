#!/bin/sh
# Put the app that PyInstaller built into a disk image. Not yet run.
# The app writes its LaunchAgents itself: immich-tray (at login), immich-tray-backup (hourly).
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' tray_app/__init__.py)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "dist/Immich Tray.app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Immich Tray" -srcfolder "$stage" -format UDZO -ov \
    "dist/immich-tray-$version-macos-$(uname -m).dmg"
