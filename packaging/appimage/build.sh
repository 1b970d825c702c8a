#!/bin/sh
# Wrap the folder of `make package` into an AppImage. Not yet run: needs appimagetool on the PATH
# and, where it shall not fetch one, RUNTIME=/path/to/runtime-x86_64.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' tray_app/__init__.py)
id=io.github.immich_tray.ImmichTray
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/usr/lib" "$stage/usr/bin" "$stage/usr/share/applications" "$stage/usr/share/metainfo"
cp -a dist/immich-tray "$stage/usr/lib/immich-tray"
ln -s ../lib/immich-tray/immich-tray "$stage/usr/bin/immich-tray"
ln -s usr/bin/immich-tray "$stage/AppRun"
cp packaging/linux/immich-tray.desktop "$stage/immich-tray.desktop"
cp packaging/linux/immich-tray.desktop "$stage/usr/share/applications/immich-tray.desktop"
cp "packaging/linux/$id.metainfo.xml" "$stage/usr/share/metainfo/$id.appdata.xml"
cp resources/icons/app.svg "$stage/immich-tray.svg"
ARCH=x86_64 appimagetool --no-appstream ${RUNTIME:+--runtime-file "$RUNTIME"} \
    "$stage" "dist/immich-tray-$version-x86_64.AppImage"
