<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>words</name>
        <message>
            <source>  ... and {count} more, named in the log</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>  ... and {count} more: immich-tray failed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>  failed   {path}: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>  skipped  {path}: {reason}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"" or an address such as "https://photos.lan" or "http://192.168.1.5:2283"</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"" or the absolute path of a file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"" or two different times such as "22:00-06:00"</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"", "none" or an address such as "http://me@proxy.lan:3128"</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern, see the documentation of gitignore</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern: it has to be one line</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern: it names nothing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A PEM file with certificate authorities to trust besides those of the system.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A PEM file with its private key; empty where the certificate's file has it. A password of the key goes into the keychain.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A PEM file with the certificate by which a proxy before the server knows this computer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A proxy before the server refuses files of this size (413).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A second address of the same server, used where it answers as you; files too large for a proxy before the other address wait for it. Prefer https.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A time of day without automatic backup.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A web page answered instead of {host}: the login page of this network or of a proxy.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Account</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add a system tray to the panel; its settings may call it “notification area” or “status tray”.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add it to the key in Immich under Account Settings, API Keys.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add to the key in Immich under Account Settings, API Keys, or sign in with your password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add to the key in Immich under Account Settings, API Keys. The backup goes on without.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Address in your own network</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Address of your Immich server as you typed it when signing in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Album {name}: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Albums</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Also while the app is closed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>An unexpected fault ended the backup.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Another account ({email}) answers at {url}, where {known} is known. Nothing is sent until you confirm it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask for changes every</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the server's administrator. An account with the e-mail address of the provider is needed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Automatic backup</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back up by itself while you do other things.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back up this card</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot be read: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Certificates you trust by their fingerprint; only this very one is accepted at that address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change its permissions, or exclude it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change its permissions.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check for typing errors, or ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check that file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address for typing errors and your network connection.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address, the port and the path.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the clocks of this computer and of the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the disk it is on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the port and that the Immich server is running.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the rights of this account, and a proxy's login before the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the server's disk and the proxy before it; the file will be sent again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the setting proxy, and the proxy of the system.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check your network connection.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another file in the settings, or empty that setting.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose at least one folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose it in the settings: clientCertificateFile.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose “Back up now” to begin at once.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose “Resume” to go on now.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Client certificate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compare it with what the server itself says.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compare its fingerprint and trust it: immich-tray login URL; or name its authority in the settings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Connect to a network; it goes on by itself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Correct it and try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Correct that line, or move the file away to begin with the defaults.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Correct the server's certificate.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Correct the server's settings, or type that address yourself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Detailed logs</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Did you mean {meant}?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Empty: is its drive connected?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Every hour while the app is closed, from your next login on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Every hour while the app is closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Everything is backed up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Extra headers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Files and folders to leave out everywhere, as lines in gitignore syntax.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Files at the same time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free disk space and check the folder's permissions; nothing was lost.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free space on the disk or make the folder writable.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free space on the server or ask its administrator for more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>GNOME shows tray icons only with an extension: install “AppIndicator and KStatusNotifierItem Support”.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>General</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Give the key all permissions, or sign in with a password; without, changes are asked for at the sync interval.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Held back: a proxy before the server refuses files of {size} and more (413).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Highest upload speed; 0 for no limit.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How many files are sent at the same time; auto finds what is fastest.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How often the server is asked for changes.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>If it was renewed and the fingerprint is right, sign in again and trust it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>If this is right, sign in again; with variables: immich-tray logout.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Immich Tray does not wait for this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Immich Tray goes on with the sign-in and tells you how it went.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In {path}: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install and unlock a keychain (on Debian: sudo apt install gnome-keyring), or set IMMICH_INSTANCE_URL with IMMICH_API_KEY, or with IMMICH_EMAIL and IMMICH_PASSWORD.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install the newer version again, or use another IMMICH_TRAY_HOME.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It belongs to another sign-in, or came twice. Start the sign-in again if you need to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It cannot be looked into now ({error}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It does not start at login.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It goes by itself once the address in your own network can be reached.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It goes on when the computer wakes up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It has changed since it was backed up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is in the server's trash.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is not backed up yet.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is not known how this program was started.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is quiet hours until {end:%H:%M}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is quiet hours.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is switched off in the Task Manager.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is switched off in {path}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is switched off under Login Items.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It starts at login.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It was backed up and is gone from the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It was deleted on the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It will be tried again when it is finished.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its XMP sidecar is larger than 16 MiB.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its bytes are not those that were backed up, although its size and times are the same: check the disk.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Keep listening in the background</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Key of the client certificate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>KiB per second</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Language</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Leave out everywhere</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Let the proxy before the server pass websockets.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Listening to the server broke: a bug. See the logs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Look for a newer Immich Tray; until then the backup goes on, the library stays as it is.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Look for a newer Immich Tray; until then the library stays as it is.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Looking for the server …</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Lowest battery level</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make it readable for you.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make it writable, or set {HOME_VARIABLE} to another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name an http proxy in the setting proxy, or "none".</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name another file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name of the album</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name of the one album for all.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name one: immich-tray backup FOLDER --once, or add it to the settings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Names of headers sent to your server with each request, for a login before it; their values are kept in the keychain.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Network and power of this computer could not be read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No backup is scheduled.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No folder is chosen to be backed up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No photo or video was found there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nobody signed in through the browser in time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not every folder is available now; what is there is backed up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not on metered or mobile networks</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not saved. {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not saved: the settings file cannot be used, see below.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not there: is its drive connected?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing new to back up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing to do: everything was backed up before.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>Nothing was sent. {n:,} files would be uploaded.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Of the environment variables for signing in, {names} is missing.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>On mains power, keep listening for the server's changes with no window open.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Only while plugged in</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a web page and log in; it goes on by itself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a web page to log in to the network, or check the address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a web page to sign in to the network, or check the address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Own certificate authority</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pause for 1 hour</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Plug in the charger, or lower backupMinBatteryPercent.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Plug in the charger, or turn backupRequireCharging off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Plug in the charger, or turn the power saver off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Progress of each file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Progress of the whole backup</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Quiet time before a backup</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raise its body size limit, or use an address without the proxy.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raise its body size limit, then: immich-tray failed --retry-all.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Remove it, or set XDG_RUNTIME_DIR to a folder of yours with a short path.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Renew the server's certificate; check the clock here.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Retry</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saving …</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See the logs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set it, or unset {names}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show a notification with the progress of the current file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show a notification with the progress of the whole backup.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in again with the address it redirects to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in with --email E or --api-key.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in with {ways} instead: immich-tray login URL {value}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in: immich-tray login URL.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Signing in …</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>So much changed at once that the system, which keeps {limit} pieces of news, dropped some; everything is looked at instead, so nothing is lost.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: a login page of this network?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: the login page at {place} of this network (captive portal).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: the login page of this network (captive portal).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something other than Immich answered.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something unexpected happened. Try again; the log says more: immich-tray logs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Speed limit</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start again: it will be set aside and built anew. Check the disk it is on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start the sign-in again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sync</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Task Scheduler refused the task: {said}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tell of failing uploads beyond</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tell of failing uploads only when more than this many fail; 0 at once, or never.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tell of no backup after</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tell once when nothing could be backed up for this long; 0 for never.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>The API key lacks the permissions {names}.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>The Run key starts another installation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The address cannot be used: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The address {named} cannot be used: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The backup stopped: the server stayed out of reach.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The backup stopped; it needs you.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The backup waits.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The backup waits; --anyway goes on in spite of it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The backup was stopped.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The battery is at {level:,} %, below {least:,} %.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The computer goes to sleep.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The computer runs on battery.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to {hostname} is not encrypted: others on the way can read your photos and your sign-in. Use https:// if the server has it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to {host} broke ({kind}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The database {path} cannot be used: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The database {path} is damaged.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The demo leaves the system alone.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The desktop does not let this program ask for that.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The desktop refused to start it at login.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is still being written.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file of the {what}, {path}, cannot be used: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder could not be read: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder is not available now; nothing in it counts as deleted.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder {folder} cannot be created: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folders whose photos and videos are backed up, each with rules of its own.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain did not answer within {seconds:.0f} seconds; it may be locked.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain does not have {what}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain failed ({kind}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain has no entry for {email} at {url}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain is locked.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keychain refused: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The name {host} could not be found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The path of this program or its home is not UTF-8.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The power saver is on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The proxy of the system, {hostname}, is of a kind that cannot be used (SOCKS).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The proxy on the way to the server; empty for that of the system, none for no proxy at all. A password for it is kept in the keychain.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The proxy on the way to {host} refused: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The record of your sign-in, {path}, cannot be read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The secure connection to {host} failed: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server answered {status}{answer}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server could not be told: {reason} Remove this computer there under Account Settings, Authorised Devices.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server describes an album as Immich does not.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not come to an end of a search.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not come to an end of its changes.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server is in maintenance mode.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server left out answers to the duplicate check.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server lists more months than there are.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server refuses to list our own photos.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server runs Immich {version}, newer than this program knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server runs Immich {version}; Immich Tray needs 2.0 or newer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server says that nothing changed, and was not asked that.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server stored other bytes than were sent (asset {remote_id}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server's library is being read for the first time, or anew.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The settings file {path} cannot be read: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The settings file {path} cannot be understood: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sign-in at {host} was cancelled, or its provider does not let you in ({what}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sign-in provider of {host} is in trouble ({what}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sign-in provider of {host} refused ({what}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sync broke: a bug of ours.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sync has no result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sync was broken off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The system lets a user's programs watch {limit} times, and that is used up; {what}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The system lets programs watch {limit} folders, and that is used up; {what}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The task {name} is of another installation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The timeline cannot be read from {folder}: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no account for you at {host}, and it makes none by itself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no keychain to keep your sign-in safe (found: {names}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no other address to try.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no place for the program's socket: {folder} is not a folder of yours alone.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no setting {key}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This address belongs to another sign-in; take the one of the page opened last.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This address is not complete: copy all of it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This computer is offline: no network leads to the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This desktop does not start the program at login.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This desktop shows no tray icons. {how_to_get_a_tray} Until then the backup goes on without an icon; start Immich Tray again whenever you want to see this window.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This is not the address that the browser came back to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This network</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This system has no systemd to start backups while the app is closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Time of quiet before an automatic backup starts.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>To allow more, type: sudo sysctl fs.inotify.{name}={wanted}</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>To show the library the API key lacks the permissions {names}.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>Troubleshooting</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Trusted certificates</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again when it is over.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again, or ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again; if it stays, restart Immich Tray.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again; if it stays, the server's administrator has to look at its OAuth settings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again; if it stays, the server's log tells its administrator why.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type it in the settings, or: immich-tray settings secret {name}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type it like https://photos.example.org or 192.168.1.5:2283.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unlock it, usually by signing in to your desktop, and try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Update the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Uploads</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use another network, or choose “Upload anyway on this network”.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use http:// in the address, or the port that has https.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use https://.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use the address your browser shows in the end.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use the name in the certificate.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Wait until the computer is plugged in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Wait while the battery is discharging and below this level.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Wait while the network is metered or mobile; Wi-Fi and cable are fine.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Waiting for you to sign in on the page in your browser …</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Waits for {near}: the way by {address} takes no files of {size} and more (413).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What changed on the server is not known.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What changed on the server is not known. {reason}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What the windows speak; a change is seen at the next start of the program.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>When to back up</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Which album uploaded photos go into: none, one named like their folder, or one for all.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Why?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>With automatic backup on, let the system start it while the app is closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write detailed logs; secrets are never written.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You can close this tab.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You paused the backup until you resume it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You paused the backup until {until:%a %H:%M}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You paused the backup.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Your storage quota on the server is used up.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a link that leads nowhere</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a link to a folder, not followed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a list of lines in gitignore syntax</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a password does not belong here but into the keychain</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a user name or password does not belong into it; they are asked for later</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>an API key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>an API key from the environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>an unknown error</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>another page</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>being written by an Android phone</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bin of Linux, below a home folder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bin of Windows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bin of a QNAP NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bin of a Synology NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bin of digiKam</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>bins of Linux and macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>caches of Linux programs, thumbnails among them</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>cannot use its sign-in provider</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>certificate authority</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>change log of macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>client certificate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>could not finish the sign-in</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>days</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>deleted on an Android phone, kept for 30 days</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>e-mail and password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>e-mail and password from the environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>empty (0 bytes)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>folder view of Windows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>folder view of macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>fragments found by a disk check</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>half a download</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>half a file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>half a file by Syncthing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>half a file by Syncthing on Windows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>half-done work of macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>history of source code</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it cannot be read</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it is empty</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it is no PEM file, or its key or the password of the key is wrong</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it is not an absolute path</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it needs a name while all photos go into one album</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>it takes {allowed}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>line {line} is not UTF-8 text</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>lines such as "photos.lan:443 AB:CD:..." with a SHA-256 fingerprint</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>macOS's second half of a file on a foreign disk</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>macOS's second halves on a file server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>marker of Syncthing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>metadata of a Synology NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>minutes</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>names of headers such as "CF-Access-Client-Id"</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>new files are found by looking once a minute instead.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no extension {count:,}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>not a regular file (pipe, socket or device)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>old versions kept by macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>only in the cloud, not on this computer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>other kinds</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>percent</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>pictures that belong to software</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>previews of Apple Photos</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>previews of Capture One</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>previews of Lightroom</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>replaced and deleted files kept by Syncthing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>search index of macOS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>snapshots of a QNAP NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>snapshots of a Synology NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>tables with an absolute path, enabled = true or false, exclude = [...]</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>text</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the IPv6 address in brackets is wrong</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the browser</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the browser (OAuth)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate has expired</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate is for another name than {host}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate is not valid</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate is not valid yet</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate is self-signed, signed by nobody this computer trusts</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the certificate is signed by an authority that this computer does not trust</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the host name is wrong</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the new values could not be put into it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the password of the proxy</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the path is not UTF-8; add the folder above it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the port or the brackets are wrong</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the value of the header {name}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>this API key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>this e-mail and password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>thumbnails of Android and older Linux desktops</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>thumbnails of Windows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>thumbnails of a QNAP NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>thumbnails of a Synology NAS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>true or false</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>uploads</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>working files of Apple Photos</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>working files of Dropbox</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>working files of Resilio Sync</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{address} does not speak https; there is none to trust.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{address} is not a usable address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count:,} excluded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count:,} no photo or video ({kinds})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count:,} not usable</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{duration} left</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{error}: “{said}”</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{extension} {count:,}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{hostname} leads from https to {after}, which is not safe.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} answered 404: Immich is not answering there now.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} answered {status}{answer}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} answers, but it is not an Immich server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} broke off the changes before their end.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} could not be reached.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} did not answer in time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not accept {what} (“{said}”).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not accept {what}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not say what changes: no greeting.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not speak as Immich does where changes are told.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not speak https on this port.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} ended the connection that tells of changes.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} gave an answer that Immich does not give.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} has signing in by the browser (OAuth) switched off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} has signing in by {what} switched off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} is in maintenance.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} lets in only computers with a client certificate that it knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} names something that is no web page to sign in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} no longer accepts our sign-in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} no longer accepts our sign-in{answer}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} opened the change stream and then sent nothing.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} probably lets in only computers with a client certificate that it knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} redirects to {place}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} refused the connection on port {port}: no server listens there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} refuses access{answer}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} refuses the library's change stream: {reason}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} runs Immich {version}, newer than this program knows; look for an update.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} runs Immich {version}; this program needs {oldest} or newer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sends an answer compressed as {encoding}, which nobody asked for.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sends changes without an end.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sent a change of more than {limit:,} bytes.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sent a change that Immich does not send ({error}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sent an answer of more than {limit} MiB.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sent an answer whose compression is damaged.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} shows another certificate than the one you trusted. It has the fingerprint {fingerprint}. Nothing is sent.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} speaks https on this port.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} stopped in the middle of the changes.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} takes too long over an answer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} tells changes at once only to API keys that may do all.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} {what} (500).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} {what}: {said}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{hours:,} h</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{hours:,} h {minutes:,} min</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{key} = {value} is not allowed: {allowed}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{line} is not a gitignore pattern</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{line} is not a line of text</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{line} is not host:port and a SHA-256 fingerprint</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{minutes:,} min</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n:,} days</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files already on the server or equal to another one.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files backed up before, gone from the server now; not uploaded again until you say so: immich-tray upload-again --all</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files could not be backed up.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files in the server's trash could not be taken out from here: {reason} Restore what you want back in Immich.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files in the server's trash, not backed up by it.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files skipped: {reasons}.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files still to do; the next run goes on with them.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files uploaded and verified ({size} in {seconds:.1f} s).</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>{named} is not there now. Connect its drive, or remove it from the list.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} changed while it was being read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} could not be read: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} disappeared before it could be read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is listed twice</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is not the name of a header</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is set by the program itself</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} may not be read by this user.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} was connected and has photos in {photos}. To back them up, add that folder to the setting `folders`.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} was damaged; it was set aside as {kept} and built anew.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{network} is a mobile connection.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{network} is a phone's connection (tethering).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{network} is metered.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{network} wants you to log in first (captive portal).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{number:,.1f} GB</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{number:.1f} MB</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{number:.1f} kB</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n} XMP sidecar(s) are new or changed and were not sent again.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} bytes</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>{other} or --api-key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} cannot be read: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} cannot be written: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is empty: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is listed twice</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is not a desktop entry.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is not an absolute path</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is of another installation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} starts another installation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} was not sent: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} was written by a newer Immich Tray.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path}: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{place} is listed twice</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{place} shows a certificate with another fingerprint: {fingerprint}. Nothing was sent and nothing is trusted.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{reason} Changes cannot be told at once.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{scheme}:// is not supported, only https:// and http://</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{seconds:,} s</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{start} redirects again and again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{target} could not be written: {error}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{timer_name} is masked; allow it: systemctl --user unmask {timer_name}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{timer_name} is switched off in systemd.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{timer} is of another installation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{url} did not open a websocket.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{what} or {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{why}; it takes {allowed}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
