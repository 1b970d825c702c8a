<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>words</name>
        <message>
            <source>  ... and {count} more, named in the log</source>
            <translation>  ... und {count} weitere, im Protokoll genannt</translation>
        </message>
        <message>
            <source>  ... and {count} more: immich-tray failed</source>
            <translation>  ... und {count} weitere: immich-tray failed</translation>
        </message>
        <message>
            <source>  failed   {path}: {words}</source>
            <translation>  fehlerhaft    {path}: {words}</translation>
        </message>
        <message>
            <source>  skipped  {path}: {reason}</source>
            <translation>  ausgelassen   {path}: {reason}</translation>
        </message>
        <message>
            <source>"" or a number such as "1.2.3"</source>
            <translation>"" oder eine Nummer wie "1.2.3"</translation>
        </message>
        <message>
            <source>"" or an address such as "https://example.org/immich-tray.json"</source>
            <translation>"" oder eine Adresse wie "https://example.org/immich-tray.json"</translation>
        </message>
        <message>
            <source>"" or an address such as "https://photos.lan" or "http://192.168.1.5:2283"</source>
            <translation>"" oder eine Adresse wie "https://photos.lan" oder "http://192.168.1.5:2283"</translation>
        </message>
        <message>
            <source>"" or the absolute path of a file</source>
            <translation>"" oder der absolute Pfad einer Datei</translation>
        </message>
        <message>
            <source>"" or two different times such as "22:00-06:00"</source>
            <translation>"" oder zwei verschiedene Uhrzeiten wie "22:00-06:00"</translation>
        </message>
        <message>
            <source>"", "none" or an address such as "http://me@proxy.lan:3128"</source>
            <translation>"", "none" oder eine Adresse wie "http://me@proxy.lan:3128"</translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern, see the documentation of gitignore</source>
            <translation>"{pattern}" ist kein gültiges Ausschlussmuster, siehe die Dokumentation von gitignore</translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern: it has to be one line</source>
            <translation>"{pattern}" ist kein gültiges Ausschlussmuster: Es muss in einer Zeile stehen</translation>
        </message>
        <message>
            <source>"{pattern}" is not a valid exclusion pattern: it names nothing</source>
            <translation>"{pattern}" ist kein gültiges Ausschlussmuster: Es nennt nichts</translation>
        </message>
        <message>
            <source>A PEM file with certificate authorities to trust besides those of the system.</source>
            <translation>Eine PEM-Datei mit Zertifizierungsstellen, denen zusätzlich zu denen des Systems vertraut wird.</translation>
        </message>
        <message>
            <source>A PEM file with its private key; empty where the certificate's file has it. A password of the key goes into the keychain.</source>
            <translation>Eine PEM-Datei mit dem privaten Schlüssel dazu; leer, wenn die Datei des Zertifikats ihn enthält. Ein Passwort des Schlüssels kommt in den Schlüsselbund.</translation>
        </message>
        <message>
            <source>A PEM file with the certificate by which a proxy before the server knows this computer.</source>
            <translation>Eine PEM-Datei mit dem Zertifikat, an dem ein Proxy vor dem Server diesen Computer erkennt.</translation>
        </message>
        <message>
            <source>A proxy before the server refuses files of this size (413).</source>
            <translation>Ein Proxy vor dem Server lehnt Dateien dieser Größe ab (413).</translation>
        </message>
        <message>
            <source>A second address of the same server, used where it answers as you; files too large for a proxy before the other address wait for it. Prefer https.</source>
            <translation>Eine zweite Adresse desselben Servers; sie wird benutzt, wo er sich dort als Ihr Server meldet. Dateien, die für einen Proxy vor der anderen Adresse zu groß sind, warten auf sie. Am besten mit https.</translation>
        </message>
        <message>
            <source>A time of day without automatic backup.</source>
            <translation>Eine Tageszeit ohne automatische Sicherung.</translation>
        </message>
        <message>
            <source>A web page answered instead of {host}: the login page of this network or of a proxy.</source>
            <translation>Eine Webseite hat anstelle von {host} geantwortet: die Anmeldeseite dieses Netzwerks oder eines Proxys.</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Add a system tray to the panel; its settings may call it “notification area” or “status tray”.</source>
            <translation>Fügen Sie der Leiste einen Systembereich hinzu; in ihren Einstellungen heißt er vielleicht „Benachrichtigungsfeld“ oder „Statusbereich“.</translation>
        </message>
        <message>
            <source>Add it to the key in Immich under Account Settings, API Keys.</source>
            <translation>Geben Sie sie dem Schlüssel in Immich unter Kontoeinstellungen, API-Schlüssel.</translation>
        </message>
        <message>
            <source>Add to the key in Immich under Account Settings, API Keys, or sign in with your password.</source>
            <translation>Geben Sie sie dem Schlüssel in Immich unter Kontoeinstellungen, API-Schlüssel, oder melden Sie sich mit Ihrem Passwort an.</translation>
        </message>
        <message>
            <source>Add to the key in Immich under Account Settings, API Keys. The backup goes on without.</source>
            <translation>Geben Sie sie dem Schlüssel in Immich unter Kontoeinstellungen, API-Schlüssel. Die Sicherung läuft auch ohne weiter.</translation>
        </message>
        <message>
            <source>Address for new versions</source>
            <translation>Adresse für neue Versionen</translation>
        </message>
        <message>
            <source>Address in your own network</source>
            <translation>Adresse in Ihrem eigenen Netzwerk</translation>
        </message>
        <message>
            <source>Address of your Immich server as you typed it when signing in.</source>
            <translation>Adresse Ihres Immich-Servers, wie Sie sie bei der Anmeldung eingegeben haben.</translation>
        </message>
        <message>
            <source>Album {name}: {words}</source>
            <translation>Album {name}: {words}</translation>
        </message>
        <message>
            <source>Albums</source>
            <translation>Alben</translation>
        </message>
        <message>
            <source>Also while the app is closed</source>
            <translation>Auch wenn das Programm beendet ist</translation>
        </message>
        <message>
            <source>An unexpected fault ended the backup.</source>
            <translation>Ein unerwarteter Fehler hat die Sicherung beendet.</translation>
        </message>
        <message>
            <source>Another account ({email}) answers at {url}, where {known} is known. Nothing is sent until you confirm it.</source>
            <translation>Ein anderes Konto ({email}) meldet sich bei {url}, wo {known} bekannt ist. Nichts wird gesendet, bis Sie es bestätigen.</translation>
        </message>
        <message>
            <source>Ask again.</source>
            <translation>Fragen Sie noch einmal.</translation>
        </message>
        <message>
            <source>Ask for changes every</source>
            <translation>Nach Änderungen fragen alle</translation>
        </message>
        <message>
            <source>Ask the server's administrator.</source>
            <translation>Fragen Sie den Administrator des Servers.</translation>
        </message>
        <message>
            <source>Ask the server's administrator. An account with the e-mail address of the provider is needed.</source>
            <translation>Fragen Sie den Administrator des Servers. Nötig ist ein Konto mit der E-Mail-Adresse des Anbieters.</translation>
        </message>
        <message>
            <source>Automatic backup</source>
            <translation>Automatische Sicherung</translation>
        </message>
        <message>
            <source>Back up by itself while you do other things.</source>
            <translation>Von selbst sichern, während Sie anderes tun.</translation>
        </message>
        <message>
            <source>Back up this card</source>
            <translation>Diese Karte sichern</translation>
        </message>
        <message>
            <source>Cannot be read: {error}.</source>
            <translation>Nicht lesbar: {error}.</translation>
        </message>
        <message>
            <source>Certificates you trust by their fingerprint; only this very one is accepted at that address.</source>
            <translation>Zertifikate, denen Sie anhand ihres Fingerabdrucks vertrauen; unter dieser Adresse gilt nur genau dieses.</translation>
        </message>
        <message>
            <source>Change its permissions, or exclude it.</source>
            <translation>Ändern Sie die Zugriffsrechte, oder schließen Sie den Ordner aus.</translation>
        </message>
        <message>
            <source>Change its permissions.</source>
            <translation>Ändern Sie die Zugriffsrechte.</translation>
        </message>
        <message>
            <source>Check for typing errors, or ask the server's administrator.</source>
            <translation>Suchen Sie nach Tippfehlern, oder fragen Sie den Administrator des Servers.</translation>
        </message>
        <message>
            <source>Check it.</source>
            <translation>Prüfen Sie sie.</translation>
        </message>
        <message>
            <source>Check that file.</source>
            <translation>Prüfen Sie diese Datei.</translation>
        </message>
        <message>
            <source>Check the address for typing errors and your network connection.</source>
            <translation>Prüfen Sie die Adresse auf Tippfehler und Ihre Netzwerkverbindung.</translation>
        </message>
        <message>
            <source>Check the address, the port and the path.</source>
            <translation>Prüfen Sie Adresse, Port und Pfad.</translation>
        </message>
        <message>
            <source>Check the clocks of this computer and of the server.</source>
            <translation>Prüfen Sie die Uhren dieses Computers und des Servers.</translation>
        </message>
        <message>
            <source>Check the disk it is on.</source>
            <translation>Prüfen Sie den Datenträger, auf dem sie liegt.</translation>
        </message>
        <message>
            <source>Check the port and that the Immich server is running.</source>
            <translation>Prüfen Sie den Port und ob der Immich-Server läuft.</translation>
        </message>
        <message>
            <source>Check the rights of this account, and a proxy's login before the server.</source>
            <translation>Prüfen Sie die Rechte dieses Kontos und die Anmeldung eines Proxys vor dem Server.</translation>
        </message>
        <message>
            <source>Check the server's disk and the proxy before it; the file will be sent again.</source>
            <translation>Prüfen Sie den Datenträger des Servers und den Proxy davor; die Datei wird noch einmal gesendet.</translation>
        </message>
        <message>
            <source>Check the setting proxy, and the proxy of the system.</source>
            <translation>Prüfen Sie die Einstellung proxy und den Proxy des Systems.</translation>
        </message>
        <message>
            <source>Check your network connection.</source>
            <translation>Prüfen Sie Ihre Netzwerkverbindung.</translation>
        </message>
        <message>
            <source>Choose another file in the settings, or empty that setting.</source>
            <translation>Wählen Sie in den Einstellungen eine andere Datei, oder leeren Sie diese Einstellung.</translation>
        </message>
        <message>
            <source>Choose at least one folder.</source>
            <translation>Wählen Sie mindestens einen Ordner.</translation>
        </message>
        <message>
            <source>Choose it in the settings: clientCertificateFile.</source>
            <translation>Wählen Sie es in den Einstellungen: clientCertificateFile.</translation>
        </message>
        <message>
            <source>Choose “Back up now” to begin at once.</source>
            <translation>Wählen Sie „Jetzt sichern“, um sofort zu beginnen.</translation>
        </message>
        <message>
            <source>Choose “Resume” to go on now.</source>
            <translation>Wählen Sie „Fortsetzen“, damit es sofort weitergeht.</translation>
        </message>
        <message>
            <source>Client certificate</source>
            <translation>Client-Zertifikat</translation>
        </message>
        <message>
            <source>Compare it with what the server itself says.</source>
            <translation>Vergleichen Sie ihn mit dem, was der Server selbst angibt.</translation>
        </message>
        <message>
            <source>Compare its fingerprint and trust it: immich-tray login URL; or name its authority in the settings.</source>
            <translation>Vergleichen Sie den Fingerabdruck und vertrauen Sie ihm: immich-tray login URL; oder nennen Sie die Zertifizierungsstelle in den Einstellungen.</translation>
        </message>
        <message>
            <source>Connect to a network; it goes on by itself.</source>
            <translation>Verbinden Sie sich mit einem Netzwerk; dann geht es von selbst weiter.</translation>
        </message>
        <message>
            <source>Correct it and try again.</source>
            <translation>Berichtigen Sie es, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Correct that line, or move the file away to begin with the defaults.</source>
            <translation>Berichtigen Sie diese Zeile, oder verschieben Sie die Datei, um mit den Vorgaben zu beginnen.</translation>
        </message>
        <message>
            <source>Correct the server's certificate.</source>
            <translation>Berichtigen Sie das Zertifikat des Servers.</translation>
        </message>
        <message>
            <source>Correct the server's settings, or type that address yourself.</source>
            <translation>Berichtigen Sie die Einstellungen des Servers, oder geben Sie diese Adresse selbst ein.</translation>
        </message>
        <message>
            <source>Detailed logs</source>
            <translation>Ausführliche Protokolle</translation>
        </message>
        <message>
            <source>Did you mean {meant}?</source>
            <translation>Meinten Sie {meant}?</translation>
        </message>
        <message>
            <source>Empty: is its drive connected?</source>
            <translation>Leer: Laufwerk angeschlossen?</translation>
        </message>
        <message>
            <source>Every hour while the app is closed, from your next login on.</source>
            <translation>Jede Stunde, wenn das Programm beendet ist, ab Ihrer nächsten Anmeldung.</translation>
        </message>
        <message>
            <source>Every hour while the app is closed.</source>
            <translation>Jede Stunde, wenn das Programm beendet ist.</translation>
        </message>
        <message>
            <source>Everything is backed up.</source>
            <translation>Alles ist gesichert.</translation>
        </message>
        <message>
            <source>Extra headers</source>
            <translation>Zusätzliche Header</translation>
        </message>
        <message>
            <source>Files and folders to leave out everywhere, as lines in gitignore syntax.</source>
            <translation>Dateien und Ordner, die überall ausgelassen werden, als Zeilen in gitignore-Schreibweise.</translation>
        </message>
        <message>
            <source>Files at the same time</source>
            <translation>Dateien gleichzeitig</translation>
        </message>
        <message>
            <source>Free disk space and check the folder's permissions; nothing was lost.</source>
            <translation>Schaffen Sie Platz auf dem Datenträger, und prüfen Sie die Zugriffsrechte des Ordners; nichts ist verloren.</translation>
        </message>
        <message>
            <source>Free space on the disk or make the folder writable.</source>
            <translation>Schaffen Sie Platz auf dem Datenträger, oder machen Sie den Ordner beschreibbar.</translation>
        </message>
        <message>
            <source>Free space on the server or ask its administrator for more.</source>
            <translation>Schaffen Sie Platz auf dem Server, oder bitten Sie dessen Administrator um mehr.</translation>
        </message>
        <message>
            <source>GNOME shows tray icons only with an extension: install “AppIndicator and KStatusNotifierItem Support”.</source>
            <translation>GNOME zeigt Symbole im Systembereich nur mit einer Erweiterung: Installieren Sie „AppIndicator and KStatusNotifierItem Support“.</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <source>Give the key all permissions, or sign in with a password; without, changes are asked for at the sync interval.</source>
            <translation>Geben Sie dem Schlüssel alle Berechtigungen, oder melden Sie sich mit einem Passwort an; ohne das wird im eingestellten Abstand nach Änderungen gefragt.</translation>
        </message>
        <message>
            <source>Held back: a proxy before the server refuses files of {size} and more (413).</source>
            <translation>Zurückgehalten: Ein Proxy vor dem Server lehnt Dateien ab {size} ab (413).</translation>
        </message>
        <message>
            <source>Highest upload speed; 0 for no limit.</source>
            <translation>Höchste Geschwindigkeit beim Hochladen; 0 für keine Grenze.</translation>
        </message>
        <message>
            <source>How many files are sent at the same time; auto finds what is fastest.</source>
            <translation>Wie viele Dateien gleichzeitig gesendet werden; auto findet heraus, was am schnellsten ist.</translation>
        </message>
        <message>
            <source>How often the server is asked for changes.</source>
            <translation>Wie oft der Server nach Änderungen gefragt wird.</translation>
        </message>
        <message>
            <source>If it was renewed and the fingerprint is right, sign in again and trust it.</source>
            <translation>Wenn es erneuert wurde und der Fingerabdruck stimmt, melden Sie sich neu an, und vertrauen Sie ihm.</translation>
        </message>
        <message>
            <source>If this is right, sign in again; with variables: immich-tray logout.</source>
            <translation>Wenn das richtig ist, melden Sie sich neu an; mit Umgebungsvariablen: immich-tray logout.</translation>
        </message>
        <message>
            <source>Immich Tray does not wait for this.</source>
            <translation>Immich Tray wartet nicht darauf.</translation>
        </message>
        <message>
            <source>Immich Tray goes on with the sign-in and tells you how it went.</source>
            <translation>Immich Tray fährt mit der Anmeldung fort und sagt Ihnen, wie sie ausgegangen ist.</translation>
        </message>
        <message>
            <source>In {path}: {words}</source>
            <translation>In {path}: {words}</translation>
        </message>
        <message>
            <source>Install and unlock a keychain (on Debian: sudo apt install gnome-keyring), or set IMMICH_INSTANCE_URL with IMMICH_API_KEY, or with IMMICH_EMAIL and IMMICH_PASSWORD.</source>
            <translation>Installieren und entsperren Sie einen Schlüsselbund (unter Debian: sudo apt install gnome-keyring), oder setzen Sie IMMICH_INSTANCE_URL mit IMMICH_API_KEY oder mit IMMICH_EMAIL und IMMICH_PASSWORD.</translation>
        </message>
        <message>
            <source>Install the newer version again, or move the file away to begin anew.</source>
            <translation>Installieren Sie die neuere Version wieder, oder verschieben Sie die Datei, um neu zu beginnen.</translation>
        </message>
        <message>
            <source>Install the newer version again, or use another IMMICH_TRAY_HOME.</source>
            <translation>Installieren Sie wieder die neuere Version, oder benutzen Sie ein anderes IMMICH_TRAY_HOME.</translation>
        </message>
        <message>
            <source>It belongs to another sign-in, or came twice. Start the sign-in again if you need to.</source>
            <translation>Es gehört zu einer anderen Anmeldung oder kam doppelt. Beginnen Sie die Anmeldung noch einmal, wenn nötig.</translation>
        </message>
        <message>
            <source>It cannot be looked into now ({error}).</source>
            <translation>Er kann jetzt nicht angesehen werden ({error}).</translation>
        </message>
        <message>
            <source>It does not start at login.</source>
            <translation>Das Programm startet nicht bei der Anmeldung.</translation>
        </message>
        <message>
            <source>It goes by itself once the address in your own network can be reached.</source>
            <translation>Es geht von selbst weiter, sobald die Adresse in Ihrem eigenen Netzwerk erreichbar ist.</translation>
        </message>
        <message>
            <source>It goes on when the computer wakes up.</source>
            <translation>Es geht weiter, wenn der Computer aufwacht.</translation>
        </message>
        <message>
            <source>It has changed since it was backed up.</source>
            <translation>Sie hat sich geändert, seit sie gesichert wurde.</translation>
        </message>
        <message>
            <source>It is in the server's trash.</source>
            <translation>Sie ist im Papierkorb des Servers.</translation>
        </message>
        <message>
            <source>It is not backed up yet.</source>
            <translation>Sie ist noch nicht gesichert.</translation>
        </message>
        <message>
            <source>It is not known how this program was started.</source>
            <translation>Es ist nicht bekannt, wie dieses Programm gestartet wurde.</translation>
        </message>
        <message>
            <source>It is quiet hours until {end:%H:%M}.</source>
            <translation>Es ist Ruhezeit bis {end:%H:%M} Uhr.</translation>
        </message>
        <message>
            <source>It is quiet hours.</source>
            <translation>Es ist Ruhezeit.</translation>
        </message>
        <message>
            <source>It is switched off in the Task Manager.</source>
            <translation>Der Start ist im Task-Manager abgeschaltet.</translation>
        </message>
        <message>
            <source>It is switched off in {path}.</source>
            <translation>Der Start ist in {path} abgeschaltet.</translation>
        </message>
        <message>
            <source>It is switched off under Login Items.</source>
            <translation>Der Start ist unter „Anmeldeobjekte“ abgeschaltet.</translation>
        </message>
        <message>
            <source>It is tried again later; if it goes on, the server's log says why.</source>
            <translation>Es wird später erneut versucht; bleibt es dabei, nennt das Protokoll des Servers den Grund.</translation>
        </message>
        <message>
            <source>It starts at login.</source>
            <translation>Das Programm startet bei der Anmeldung.</translation>
        </message>
        <message>
            <source>It was backed up and is gone from the server.</source>
            <translation>Sie war gesichert und ist auf dem Server verschwunden.</translation>
        </message>
        <message>
            <source>It was deleted on the server.</source>
            <translation>Sie wurde auf dem Server gelöscht.</translation>
        </message>
        <message>
            <source>It will be tried again when it is finished.</source>
            <translation>Es wird wieder versucht, wenn sie fertig ist.</translation>
        </message>
        <message>
            <source>Its XMP sidecar is larger than 16 MiB.</source>
            <translation>Ihre XMP-Begleitdatei ist größer als 16 MiB.</translation>
        </message>
        <message>
            <source>Its bytes are not those that were backed up, although its size and times are the same: check the disk.</source>
            <translation>Ihre Bytes sind nicht die, die gesichert wurden, obwohl Größe und Zeiten gleich sind: Prüfen Sie den Datenträger.</translation>
        </message>
        <message>
            <source>Keep listening in the background</source>
            <translation>Im Hintergrund weiter zuhören</translation>
        </message>
        <message>
            <source>Key of the client certificate</source>
            <translation>Schlüssel des Client-Zertifikats</translation>
        </message>
        <message>
            <source>KiB per second</source>
            <translation>KiB pro Sekunde</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Leave out everywhere</source>
            <translation>Überall auslassen</translation>
        </message>
        <message>
            <source>Let the proxy before the server pass websockets.</source>
            <translation>Lassen Sie WebSockets durch den Proxy vor dem Server.</translation>
        </message>
        <message>
            <source>Listening to the server broke: a bug. See the logs.</source>
            <translation>Das Zuhören beim Server ist abgebrochen: ein Fehler im Programm. Siehe Protokolle.</translation>
        </message>
        <message>
            <source>Look for a newer Immich Tray; until then the backup goes on, the library stays as it is.</source>
            <translation>Suchen Sie nach einem neueren Immich Tray; bis dahin läuft die Sicherung weiter, und die Mediathek bleibt, wie sie ist.</translation>
        </message>
        <message>
            <source>Look for a newer Immich Tray; until then the library stays as it is.</source>
            <translation>Suchen Sie nach einem neueren Immich Tray; bis dahin bleibt die Mediathek, wie sie ist.</translation>
        </message>
        <message>
            <source>Look for new versions</source>
            <translation>Nach neuen Versionen sehen</translation>
        </message>
        <message>
            <source>Looking for the server …</source>
            <translation>Der Server wird gesucht …</translation>
        </message>
        <message>
            <source>Lowest battery level</source>
            <translation>Niedrigster Akkustand</translation>
        </message>
        <message>
            <source>Make it readable for you.</source>
            <translation>Machen Sie sie für sich lesbar.</translation>
        </message>
        <message>
            <source>Make it writable, or set {variable} to another folder.</source>
            <translation>Machen Sie ihn beschreibbar, oder setzen Sie {variable} auf einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Name an http proxy in the setting proxy, or "none".</source>
            <translation>Nennen Sie in der Einstellung proxy einen http-Proxy oder "none".</translation>
        </message>
        <message>
            <source>Name another file.</source>
            <translation>Nennen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>Name of the album</source>
            <translation>Name des Albums</translation>
        </message>
        <message>
            <source>Name of the one album for all.</source>
            <translation>Name des einen Albums für alle.</translation>
        </message>
        <message>
            <source>Name one: immich-tray backup FOLDER --once, or add it to the settings.</source>
            <translation>Nennen Sie einen: immich-tray backup FOLDER --once, oder fügen Sie ihn den Einstellungen hinzu.</translation>
        </message>
        <message>
            <source>Names of headers sent to your server with each request, for a login before it; their values are kept in the keychain.</source>
            <translation>Namen von Headern, die mit jeder Anfrage an Ihren Server gehen, für eine Anmeldung davor; ihre Werte liegen im Schlüsselbund.</translation>
        </message>
        <message>
            <source>Network and power of this computer could not be read.</source>
            <translation>Netzwerk und Stromversorgung dieses Computers konnten nicht ermittelt werden.</translation>
        </message>
        <message>
            <source>No backup is scheduled.</source>
            <translation>Keine Sicherung ist geplant.</translation>
        </message>
        <message>
            <source>No folder is chosen to be backed up.</source>
            <translation>Kein Ordner ist zum Sichern ausgewählt.</translation>
        </message>
        <message>
            <source>No photo or video was found there.</source>
            <translation>Dort wurde kein Foto oder Video gefunden.</translation>
        </message>
        <message>
            <source>Nobody signed in through the browser in time.</source>
            <translation>Niemand hat sich rechtzeitig im Browser angemeldet.</translation>
        </message>
        <message>
            <source>Not every folder is available now; what is there is backed up.</source>
            <translation>Nicht jeder Ordner ist jetzt erreichbar; was da ist, ist gesichert.</translation>
        </message>
        <message>
            <source>Not on metered or mobile networks</source>
            <translation>Nicht in getakteten oder mobilen Netzwerken</translation>
        </message>
        <message>
            <source>Not saved. {words}</source>
            <translation>Nicht gespeichert. {words}</translation>
        </message>
        <message>
            <source>Not saved: the settings file cannot be used, see below.</source>
            <translation>Nicht gespeichert: Die Einstellungsdatei ist nicht verwendbar, siehe unten.</translation>
        </message>
        <message>
            <source>Not there: is its drive connected?</source>
            <translation>Nicht da: Laufwerk angeschlossen?</translation>
        </message>
        <message>
            <source>Nothing new to back up.</source>
            <translation>Nichts Neues zu sichern.</translation>
        </message>
        <message>
            <source>Nothing to do: everything was backed up before.</source>
            <translation>Nichts zu tun: Alles war schon gesichert.</translation>
        </message>
        <message numerus="yes">
            <source>Nothing was sent. {n:,} files would be uploaded.</source>
            <translation>
                <numerusform>Nichts wurde gesendet. {n:,} Datei würde hochgeladen.</numerusform>
                <numerusform>Nichts wurde gesendet. {n:,} Dateien würden hochgeladen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation>Benachrichtigungen</translation>
        </message>
        <message>
            <source>Of the environment variables for signing in, {names} is missing.</source>
            <translation>Von den Umgebungsvariablen für die Anmeldung fehlt {names}.</translation>
        </message>
        <message>
            <source>Of this one version you are not told; of later ones you are.</source>
            <translation>Auf diese eine Version werden Sie nicht hingewiesen, auf spätere schon.</translation>
        </message>
        <message>
            <source>On mains power, keep listening for the server's changes with no window open.</source>
            <translation>Am Stromnetz auch ohne offenes Fenster auf Änderungen des Servers hören.</translation>
        </message>
        <message>
            <source>Once a week, look at the address below for a new version; nothing about you is sent.</source>
            <translation>Einmal in der Woche unter der Adresse darunter nach einer neuen Version sehen; über Sie wird nichts gesendet.</translation>
        </message>
        <message>
            <source>Only while plugged in</source>
            <translation>Nur am Stromnetz</translation>
        </message>
        <message>
            <source>Open a web page and log in; it goes on by itself.</source>
            <translation>Öffnen Sie eine Webseite und melden Sie sich an; dann geht es von selbst weiter.</translation>
        </message>
        <message>
            <source>Open a web page to log in to the network, or check the address.</source>
            <translation>Öffnen Sie eine Webseite, um sich im Netzwerk anzumelden, oder prüfen Sie die Adresse.</translation>
        </message>
        <message>
            <source>Open a web page to sign in to the network, or check the address.</source>
            <translation>Öffnen Sie eine Webseite, um sich im Netzwerk anzumelden, oder prüfen Sie die Adresse.</translation>
        </message>
        <message>
            <source>Own certificate authority</source>
            <translation>Eigene Zertifizierungsstelle</translation>
        </message>
        <message>
            <source>Pause for 1 hour</source>
            <translation>1 Stunde pausieren</translation>
        </message>
        <message>
            <source>Plug in the charger, or lower backupMinBatteryPercent.</source>
            <translation>Schließen Sie das Ladegerät an, oder senken Sie backupMinBatteryPercent.</translation>
        </message>
        <message>
            <source>Plug in the charger, or turn backupRequireCharging off.</source>
            <translation>Schließen Sie das Ladegerät an, oder schalten Sie backupRequireCharging aus.</translation>
        </message>
        <message>
            <source>Plug in the charger, or turn the power saver off.</source>
            <translation>Schließen Sie das Ladegerät an, oder schalten Sie den Energiesparmodus aus.</translation>
        </message>
        <message>
            <source>Progress of each file</source>
            <translation>Fortschritt jeder Datei</translation>
        </message>
        <message>
            <source>Progress of the whole backup</source>
            <translation>Fortschritt der ganzen Sicherung</translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation>Proxy</translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation>Ruhezeit</translation>
        </message>
        <message>
            <source>Quiet time before a backup</source>
            <translation>Ruhe vor einer Sicherung</translation>
        </message>
        <message>
            <source>Raise its body size limit, or use an address without the proxy.</source>
            <translation>Erhöhen Sie dessen Größengrenze, oder benutzen Sie eine Adresse ohne den Proxy.</translation>
        </message>
        <message>
            <source>Raise its body size limit, then: immich-tray failed --retry-all.</source>
            <translation>Erhöhen Sie dessen Größengrenze, dann: immich-tray failed --retry-all.</translation>
        </message>
        <message>
            <source>Remove it, or set XDG_RUNTIME_DIR to a folder of yours with a short path.</source>
            <translation>Entfernen Sie ihn, oder setzen Sie XDG_RUNTIME_DIR auf einen eigenen Ordner mit kurzem Pfad.</translation>
        </message>
        <message>
            <source>Renew the server's certificate; check the clock here.</source>
            <translation>Erneuern Sie das Zertifikat des Servers; prüfen Sie die Uhr hier.</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Saving …</source>
            <translation>Wird gespeichert …</translation>
        </message>
        <message>
            <source>See the logs.</source>
            <translation>Siehe Protokolle.</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>Set it, or unset {names}.</source>
            <translation>Setzen Sie sie, oder entfernen Sie {names}.</translation>
        </message>
        <message>
            <source>Show a notification with the progress of the current file.</source>
            <translation>Eine Benachrichtigung mit dem Fortschritt der aktuellen Datei anzeigen.</translation>
        </message>
        <message>
            <source>Show a notification with the progress of the whole backup.</source>
            <translation>Eine Benachrichtigung mit dem Fortschritt der ganzen Sicherung anzeigen.</translation>
        </message>
        <message>
            <source>Sign in again with the address it redirects to.</source>
            <translation>Melden Sie sich neu an, mit der Adresse, zu der weitergeleitet wird.</translation>
        </message>
        <message>
            <source>Sign in again.</source>
            <translation>Melden Sie sich neu an.</translation>
        </message>
        <message>
            <source>Sign in with --email E or --api-key.</source>
            <translation>Melden Sie sich mit --email E oder --api-key an.</translation>
        </message>
        <message>
            <source>Sign in with {ways} instead: immich-tray login URL {value}.</source>
            <translation>Melden Sie sich stattdessen mit {ways} an: immich-tray login URL {value}.</translation>
        </message>
        <message>
            <source>Sign in: immich-tray login URL.</source>
            <translation>Anmelden: immich-tray login URL.</translation>
        </message>
        <message>
            <source>Signing in …</source>
            <translation>Anmeldung läuft …</translation>
        </message>
        <message>
            <source>So much changed at once that the system, which keeps {limit} pieces of news, dropped some; everything is looked at instead, so nothing is lost.</source>
            <translation>So viel hat sich auf einmal geändert, dass das System, das {limit} Meldungen aufhebt, einige verworfen hat; stattdessen wird alles angesehen, also geht nichts verloren.</translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}.</source>
            <translation>Etwas anderes als Immich hat für {host} geantwortet.</translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: a login page of this network?</source>
            <translation>Etwas anderes als Immich hat für {host} geantwortet: eine Anmeldeseite dieses Netzwerks?</translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: the login page at {place} of this network (captive portal).</source>
            <translation>Etwas anderes als Immich hat für {host} geantwortet: die Anmeldeseite dieses Netzwerks bei {place} (Captive Portal).</translation>
        </message>
        <message>
            <source>Something other than Immich answered for {host}: the login page of this network (captive portal).</source>
            <translation>Etwas anderes als Immich hat für {host} geantwortet: die Anmeldeseite dieses Netzwerks (Captive Portal).</translation>
        </message>
        <message>
            <source>Something other than Immich answered.</source>
            <translation>Etwas anderes als Immich hat geantwortet.</translation>
        </message>
        <message>
            <source>Something unexpected happened. Try again; the log says more: immich-tray logs.</source>
            <translation>Etwas Unerwartetes ist geschehen. Versuchen Sie es noch einmal; mehr steht im Protokoll: immich-tray logs.</translation>
        </message>
        <message>
            <source>Speed limit</source>
            <translation>Geschwindigkeitsgrenze</translation>
        </message>
        <message>
            <source>Start again: it will be set aside and built anew. Check the disk it is on.</source>
            <translation>Starten Sie neu: Sie wird beiseitegelegt und neu aufgebaut. Prüfen Sie den Datenträger, auf dem sie liegt.</translation>
        </message>
        <message>
            <source>Start the sign-in again.</source>
            <translation>Beginnen Sie die Anmeldung noch einmal.</translation>
        </message>
        <message>
            <source>Sync</source>
            <translation>Synchronisierung</translation>
        </message>
        <message>
            <source>Task Scheduler refused the task: {said}</source>
            <translation>Die Aufgabenplanung hat die Aufgabe abgelehnt: {said}</translation>
        </message>
        <message>
            <source>Tell of failing uploads beyond</source>
            <translation>Fehler melden ab mehr als</translation>
        </message>
        <message>
            <source>Tell of failing uploads only when more than this many fail; 0 at once, or never.</source>
            <translation>Fehlgeschlagene Uploads erst melden, wenn es mehr als so viele sind; 0 für sofort, oder never für nie.</translation>
        </message>
        <message>
            <source>Tell of no backup after</source>
            <translation>Fehlende Sicherung melden nach</translation>
        </message>
        <message>
            <source>Tell once when nothing could be backed up for this long; 0 for never.</source>
            <translation>Einmal melden, wenn so lange nichts gesichert werden konnte; 0 für nie.</translation>
        </message>
        <message numerus="yes">
            <source>The API key lacks the permissions {names}.</source>
            <translation>
                <numerusform>Dem API-Schlüssel fehlt die Berechtigung {names}.</numerusform>
                <numerusform>Dem API-Schlüssel fehlen die Berechtigungen {names}.</numerusform>
            </translation>
        </message>
        <message>
            <source>The Run key starts another installation.</source>
            <translation>Der Run-Schlüssel startet eine andere Installation.</translation>
        </message>
        <message>
            <source>The address cannot be used: {why}.</source>
            <translation>Die Adresse ist nicht verwendbar: {why}.</translation>
        </message>
        <message>
            <source>The address {named} cannot be used: {why}.</source>
            <translation>Die Adresse {named} ist nicht verwendbar: {why}.</translation>
        </message>
        <message>
            <source>The backup stopped: the server stayed out of reach.</source>
            <translation>Die Sicherung hat aufgehört: Der Server blieb unerreichbar.</translation>
        </message>
        <message>
            <source>The backup stopped; it needs you.</source>
            <translation>Die Sicherung hat aufgehört; sie braucht Sie.</translation>
        </message>
        <message>
            <source>The backup waits.</source>
            <translation>Die Sicherung wartet.</translation>
        </message>
        <message>
            <source>The backup waits; --anyway goes on in spite of it.</source>
            <translation>Die Sicherung wartet; --anyway macht trotzdem weiter.</translation>
        </message>
        <message>
            <source>The backup was stopped.</source>
            <translation>Die Sicherung wurde angehalten.</translation>
        </message>
        <message>
            <source>The battery is at {level:,} %, below {least:,} %.</source>
            <translation>Der Akku steht bei {level:,} %, unter {least:,} %.</translation>
        </message>
        <message>
            <source>The computer goes to sleep.</source>
            <translation>Der Computer geht in den Ruhezustand.</translation>
        </message>
        <message>
            <source>The computer runs on battery.</source>
            <translation>Der Computer läuft auf Akku.</translation>
        </message>
        <message>
            <source>The connection to {hostname} is not encrypted: others on the way can read your photos and your sign-in. Use https:// if the server has it.</source>
            <translation>Die Verbindung zu {hostname} ist nicht verschlüsselt: Andere auf dem Weg können Ihre Fotos und Ihre Anmeldung mitlesen. Benutzen Sie https://, wenn der Server es hat.</translation>
        </message>
        <message>
            <source>The connection to {host} broke ({kind}).</source>
            <translation>Die Verbindung zu {host} ist abgebrochen ({kind}).</translation>
        </message>
        <message>
            <source>The database {path} cannot be used: {why}.</source>
            <translation>Die Datenbank {path} ist nicht verwendbar: {why}.</translation>
        </message>
        <message>
            <source>The database {path} is damaged.</source>
            <translation>Die Datenbank {path} ist beschädigt.</translation>
        </message>
        <message>
            <source>The database {path} was replaced or removed while it was in use.</source>
            <translation>Die Datenbank {path} wurde während der Benutzung ersetzt oder entfernt.</translation>
        </message>
        <message>
            <source>The demo leaves the system alone.</source>
            <translation>Die Vorführung lässt das System in Ruhe.</translation>
        </message>
        <message>
            <source>The desktop does not let this program ask for that.</source>
            <translation>Der Desktop lässt dieses Programm nicht darum bitten.</translation>
        </message>
        <message>
            <source>The desktop refused to start it at login.</source>
            <translation>Der Desktop hat den Start bei der Anmeldung abgelehnt.</translation>
        </message>
        <message>
            <source>The file is still being written.</source>
            <translation>In die Datei wird noch geschrieben.</translation>
        </message>
        <message>
            <source>The file of the {what}, {path}, cannot be used: {why}.</source>
            <translation>Die Datei für {what}, {path}, ist nicht verwendbar: {why}.</translation>
        </message>
        <message>
            <source>The folder could not be read: {reason}.</source>
            <translation>Der Ordner konnte nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>The folder is not available now; nothing in it counts as deleted. Connect its drive, or take the folder out of the settings.</source>
            <translation>Der Ordner ist gerade nicht verfügbar; nichts darin gilt als gelöscht. Schließen Sie sein Laufwerk an oder nehmen Sie den Ordner aus den Einstellungen.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be created: {error}.</source>
            <translation>Der Ordner {folder} kann nicht angelegt werden: {error}.</translation>
        </message>
        <message>
            <source>The folders whose photos and videos are backed up, each with rules of its own.</source>
            <translation>Die Ordner, deren Fotos und Videos gesichert werden, jeder mit eigenen Regeln.</translation>
        </message>
        <message>
            <source>The keychain did not answer within {seconds:.0f} seconds; it may be locked.</source>
            <translation>Der Schlüsselbund hat {seconds:.0f} Sekunden lang nicht geantwortet; vielleicht ist er gesperrt.</translation>
        </message>
        <message>
            <source>The keychain does not have {what}.</source>
            <translation>Im Schlüsselbund fehlt: {what}.</translation>
        </message>
        <message>
            <source>The keychain failed ({kind}).</source>
            <translation>Der Schlüsselbund hat versagt ({kind}).</translation>
        </message>
        <message>
            <source>The keychain has no entry for {email} at {url}.</source>
            <translation>Der Schlüsselbund hat keinen Eintrag für {email} bei {url}.</translation>
        </message>
        <message>
            <source>The keychain is locked.</source>
            <translation>Der Schlüsselbund ist gesperrt.</translation>
        </message>
        <message>
            <source>The keychain refused: {error}.</source>
            <translation>Der Schlüsselbund hat abgelehnt: {error}.</translation>
        </message>
        <message>
            <source>The name {host} could not be found.</source>
            <translation>Der Name {host} wurde nicht gefunden.</translation>
        </message>
        <message>
            <source>The path of this program or its home is not UTF-8.</source>
            <translation>Der Pfad dieses Programms oder seines Ordners ist nicht in UTF-8.</translation>
        </message>
        <message>
            <source>The power saver is on.</source>
            <translation>Der Energiesparmodus ist an.</translation>
        </message>
        <message>
            <source>The proxy of the system, {hostname}, is of a kind that cannot be used (SOCKS).</source>
            <translation>Der Proxy des Systems, {hostname}, ist von einer Art, die nicht verwendbar ist (SOCKS).</translation>
        </message>
        <message>
            <source>The proxy on the way to the server; empty for that of the system, none for no proxy at all. A password for it is kept in the keychain.</source>
            <translation>Der Proxy auf dem Weg zum Server; leer für den des Systems, none für gar keinen. Ein Passwort dafür liegt im Schlüsselbund.</translation>
        </message>
        <message>
            <source>The proxy on the way to {host} refused: {error}.</source>
            <translation>Der Proxy auf dem Weg zu {host} hat abgelehnt: {error}.</translation>
        </message>
        <message>
            <source>The record of your sign-in, {path}, cannot be read.</source>
            <translation>Der Vermerk über Ihre Anmeldung, {path}, ist nicht lesbar.</translation>
        </message>
        <message>
            <source>The secure connection to {host} failed: {why}.</source>
            <translation>Die sichere Verbindung zu {host} ist gescheitert: {why}.</translation>
        </message>
        <message>
            <source>The server answered {status}{answer}.</source>
            <translation>Der Server hat mit {status}{answer} geantwortet.</translation>
        </message>
        <message>
            <source>The server could not be told: {reason} Remove this computer there under Account Settings, Authorised Devices.</source>
            <translation>Dem Server konnte es nicht mitgeteilt werden: {reason} Entfernen Sie diesen Computer dort unter Kontoeinstellungen, Autorisierte Geräte.</translation>
        </message>
        <message>
            <source>The server describes an album as Immich does not.</source>
            <translation>Der Server beschreibt ein Album anders, als Immich es tut.</translation>
        </message>
        <message>
            <source>The server does not come to an end of a search.</source>
            <translation>Der Server kommt mit einer Suche an kein Ende.</translation>
        </message>
        <message>
            <source>The server does not come to an end of its changes.</source>
            <translation>Der Server kommt mit seinen Änderungen an kein Ende.</translation>
        </message>
        <message>
            <source>The server is in maintenance mode.</source>
            <translation>Der Server ist im Wartungsmodus.</translation>
        </message>
        <message>
            <source>The server left out answers to the duplicate check.</source>
            <translation>Der Server hat Antworten auf die Prüfung nach Duplikaten ausgelassen.</translation>
        </message>
        <message>
            <source>The server left out or doubled answers to the duplicate check.</source>
            <translation>Der Server hat bei der Prüfung auf Duplikate Antworten ausgelassen oder doppelt gegeben.</translation>
        </message>
        <message>
            <source>The server lists more months than there are.</source>
            <translation>Der Server nennt mehr Monate, als es gibt.</translation>
        </message>
        <message>
            <source>The server refuses to list our own photos.</source>
            <translation>Der Server weigert sich, unsere eigenen Fotos aufzulisten.</translation>
        </message>
        <message>
            <source>The server runs Immich {version}, newer than this program knows.</source>
            <translation>Auf dem Server läuft Immich {version}, neuer als dieses Programm kennt.</translation>
        </message>
        <message>
            <source>The server runs Immich {version}; Immich Tray needs 2.0 or newer.</source>
            <translation>Auf dem Server läuft Immich {version}; Immich Tray braucht 2.0 oder neuer.</translation>
        </message>
        <message>
            <source>The server says that nothing changed, and was not asked that.</source>
            <translation>Der Server sagt, dass sich nichts geändert hat, und wurde das nicht gefragt.</translation>
        </message>
        <message>
            <source>The server stored other bytes than were sent (asset {remote_id}).</source>
            <translation>Der Server hat andere Bytes gespeichert, als gesendet wurden (Asset {remote_id}).</translation>
        </message>
        <message>
            <source>The server's library is being read for the first time, or anew.</source>
            <translation>Die Mediathek des Servers wird zum ersten Mal oder von vorn gelesen.</translation>
        </message>
        <message>
            <source>The settings file {path} cannot be read: {error}.</source>
            <translation>Die Einstellungsdatei {path} ist nicht lesbar: {error}.</translation>
        </message>
        <message>
            <source>The settings file {path} cannot be understood: {why}.</source>
            <translation>Die Einstellungsdatei {path} ist nicht verständlich: {why}.</translation>
        </message>
        <message>
            <source>The settings file {path} was written by a newer Immich Tray.</source>
            <translation>Die Einstellungsdatei {path} wurde von einem neueren Immich Tray geschrieben.</translation>
        </message>
        <message>
            <source>The sign-in at {host} was cancelled, or its provider does not let you in ({what}).</source>
            <translation>Die Anmeldung bei {host} wurde abgebrochen, oder der Anbieter lässt Sie nicht ein ({what}).</translation>
        </message>
        <message>
            <source>The sign-in provider of {host} is in trouble ({what}).</source>
            <translation>Der Anmeldedienst von {host} hat Schwierigkeiten ({what}).</translation>
        </message>
        <message>
            <source>The sign-in provider of {host} refused ({what}).</source>
            <translation>Der Anmeldedienst von {host} hat abgelehnt ({what}).</translation>
        </message>
        <message>
            <source>The sync broke: a bug of ours.</source>
            <translation>Die Synchronisierung ist abgebrochen: ein Fehler im Programm.</translation>
        </message>
        <message>
            <source>The sync has no result.</source>
            <translation>Die Synchronisierung hat kein Ergebnis.</translation>
        </message>
        <message>
            <source>The sync was broken off.</source>
            <translation>Die Synchronisierung wurde abgebrochen.</translation>
        </message>
        <message>
            <source>The system lets a user's programs watch {limit} times, and that is used up; {what}</source>
            <translation>Das System lässt Programme eines Benutzers {limit}-mal beobachten, und das ist aufgebraucht; {what}</translation>
        </message>
        <message>
            <source>The system lets programs watch {limit} folders, and that is used up; {what}</source>
            <translation>Das System lässt Programme {limit} Ordner beobachten, und das ist aufgebraucht; {what}</translation>
        </message>
        <message>
            <source>The task {name} is of another installation.</source>
            <translation>Die Aufgabe {name} gehört zu einer anderen Installation.</translation>
        </message>
        <message>
            <source>The timeline cannot be read from {folder}: {error}.</source>
            <translation>Die Zeitachse kann nicht aus {folder} gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>There is no account for you at {host}, and it makes none by itself.</source>
            <translation>Es gibt kein Konto für Sie bei {host}, und von selbst legt er keines an.</translation>
        </message>
        <message>
            <source>There is no keychain to keep your sign-in safe (found: {names}).</source>
            <translation>Es gibt keinen Schlüsselbund, um Ihre Anmeldung sicher aufzubewahren (gefunden: {names}).</translation>
        </message>
        <message>
            <source>There is no other address to try.</source>
            <translation>Es gibt keine andere Adresse, die man versuchen kann.</translation>
        </message>
        <message>
            <source>There is no place for the program's socket: {folder} is not a folder of yours alone.</source>
            <translation>Es gibt keinen Platz für den Socket des Programms: {folder} ist kein Ordner von Ihnen allein.</translation>
        </message>
        <message>
            <source>There is no setting {key}.</source>
            <translation>Es gibt keine Einstellung {key}.</translation>
        </message>
        <message>
            <source>This address belongs to another sign-in; take the one of the page opened last.</source>
            <translation>Diese Adresse gehört zu einer anderen Anmeldung; nehmen Sie die der zuletzt geöffneten Seite.</translation>
        </message>
        <message>
            <source>This address is not complete: copy all of it.</source>
            <translation>Diese Adresse ist nicht vollständig: Kopieren Sie sie ganz.</translation>
        </message>
        <message>
            <source>This computer is offline: no network leads to the server.</source>
            <translation>Dieser Computer ist offline: Kein Netzwerk führt zum Server.</translation>
        </message>
        <message>
            <source>This desktop does not start the program at login.</source>
            <translation>Dieser Desktop startet das Programm nicht bei der Anmeldung.</translation>
        </message>
        <message>
            <source>This desktop shows no tray icons. {what} Until then the backup goes on without an icon; start Immich Tray again whenever you want to see this window.</source>
            <translation>Dieser Desktop zeigt keine Symbole im Systembereich. {what} Bis dahin läuft die Sicherung ohne Symbol weiter; starten Sie Immich Tray noch einmal, wann immer Sie dieses Fenster sehen wollen.</translation>
        </message>
        <message>
            <source>This is not the address that the browser came back to.</source>
            <translation>Das ist nicht die Adresse, zu der der Browser zurückgekehrt ist.</translation>
        </message>
        <message>
            <source>This network</source>
            <translation>Dieses Netzwerk</translation>
        </message>
        <message>
            <source>This system has no systemd to start backups while the app is closed.</source>
            <translation>Dieses System hat kein systemd, das Sicherungen startet, wenn das Programm beendet ist.</translation>
        </message>
        <message>
            <source>Time of quiet before an automatic backup starts.</source>
            <translation>Ruhe, bevor eine automatische Sicherung beginnt.</translation>
        </message>
        <message>
            <source>To allow more, type: sudo sysctl fs.inotify.{name}={wanted}</source>
            <translation>Um mehr zu erlauben, geben Sie ein: sudo sysctl fs.inotify.{name}={wanted}</translation>
        </message>
        <message>
            <source>To hear no more of it: immich-tray settings set updateMuted {version}</source>
            <translation>Um nichts mehr davon zu hören: immich-tray settings set updateMuted {version}</translation>
        </message>
        <message numerus="yes">
            <source>To show the library the API key lacks the permissions {names}.</source>
            <translation>
                <numerusform>Um die Mediathek zu zeigen, fehlt dem API-Schlüssel die Berechtigung {names}.</numerusform>
                <numerusform>Um die Mediathek zu zeigen, fehlen dem API-Schlüssel die Berechtigungen {names}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Troubleshooting</source>
            <translation>Fehlersuche</translation>
        </message>
        <message>
            <source>Trusted certificates</source>
            <translation>Vertraute Zertifikate</translation>
        </message>
        <message>
            <source>Try again when it is over.</source>
            <translation>Versuchen Sie es danach noch einmal.</translation>
        </message>
        <message>
            <source>Try again, or ask the server's administrator.</source>
            <translation>Versuchen Sie es noch einmal, oder fragen Sie den Administrator des Servers.</translation>
        </message>
        <message>
            <source>Try again: what is there now will be used, and what it lacks is found anew. Do not let another program touch that folder.</source>
            <translation>Versuchen Sie es erneut: Was jetzt da ist, wird verwendet, und was fehlt, wird neu gefunden. Lassen Sie kein anderes Programm an diesen Ordner.</translation>
        </message>
        <message>
            <source>Try again; if it stays, restart Immich Tray.</source>
            <translation>Versuchen Sie es noch einmal; wenn es so bleibt, starten Sie Immich Tray neu.</translation>
        </message>
        <message>
            <source>Try again; if it stays, the server's administrator has to look at its OAuth settings.</source>
            <translation>Versuchen Sie es noch einmal; wenn es so bleibt, muss sich der Administrator des Servers dessen OAuth-Einstellungen ansehen.</translation>
        </message>
        <message>
            <source>Try again; if it stays, the server's log tells its administrator why.</source>
            <translation>Versuchen Sie es noch einmal; wenn es so bleibt, sagt das Protokoll des Servers dem Administrator, warum.</translation>
        </message>
        <message>
            <source>Type it in the settings, or: immich-tray settings secret {name}</source>
            <translation>Geben Sie es in den Einstellungen ein, oder: immich-tray settings secret {name}</translation>
        </message>
        <message>
            <source>Type it like https://photos.example.org or 192.168.1.5:2283.</source>
            <translation>Geben Sie sie ein wie https://photos.example.org oder 192.168.1.5:2283.</translation>
        </message>
        <message>
            <source>Unlock it, usually by signing in to your desktop, and try again.</source>
            <translation>Entsperren Sie ihn, meist durch die Anmeldung am Desktop, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Update the server.</source>
            <translation>Aktualisieren Sie den Server.</translation>
        </message>
        <message>
            <source>Uploads</source>
            <translation>Uploads</translation>
        </message>
        <message>
            <source>Use another network, or choose “Upload anyway on this network”.</source>
            <translation>Benutzen Sie ein anderes Netzwerk, oder wählen Sie „In diesem Netzwerk trotzdem hochladen“.</translation>
        </message>
        <message>
            <source>Use http:// in the address, or the port that has https.</source>
            <translation>Benutzen Sie http:// in der Adresse oder den Port, der https hat.</translation>
        </message>
        <message>
            <source>Use https:// in the address, or the port that has http.</source>
            <translation>Schreiben Sie die Adresse mit https:// oder nehmen Sie den Port für http.</translation>
        </message>
        <message>
            <source>Use https://.</source>
            <translation>Benutzen Sie https://.</translation>
        </message>
        <message>
            <source>Use the address your browser shows in the end.</source>
            <translation>Benutzen Sie die Adresse, die Ihr Browser am Ende anzeigt.</translation>
        </message>
        <message>
            <source>Use the name in the certificate.</source>
            <translation>Benutzen Sie den Namen aus dem Zertifikat.</translation>
        </message>
        <message>
            <source>Version not to be told of</source>
            <translation>Version ohne Hinweis</translation>
        </message>
        <message>
            <source>Version {version} of Immich Tray is out; this is {current}.</source>
            <translation>Version {version} von Immich Tray ist erschienen; diese ist {current}.</translation>
        </message>
        <message>
            <source>Wait until the computer is plugged in.</source>
            <translation>Warten, bis der Computer am Stromnetz ist.</translation>
        </message>
        <message>
            <source>Wait while the battery is discharging and below this level.</source>
            <translation>Warten, solange sich der Akku entlädt und unter diesem Stand ist.</translation>
        </message>
        <message>
            <source>Wait while the network is metered or mobile; Wi-Fi and cable are fine.</source>
            <translation>Warten, solange das Netzwerk getaktet oder mobil ist; WLAN und Kabel sind in Ordnung.</translation>
        </message>
        <message>
            <source>Waiting for you to sign in on the page in your browser …</source>
            <translation>Es wird gewartet, bis Sie sich auf der Seite in Ihrem Browser anmelden …</translation>
        </message>
        <message>
            <source>Waits for {near}: the way by {address} takes no files of {size} and more (413).</source>
            <translation>Wartet auf {near}: Der Weg über {address} nimmt keine Dateien ab {size} an (413).</translation>
        </message>
        <message>
            <source>What changed on the server is not known.</source>
            <translation>Was sich auf dem Server geändert hat, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>What changed on the server is not known. {reason}</source>
            <translation>Was sich auf dem Server geändert hat, ist nicht bekannt. {reason}</translation>
        </message>
        <message>
            <source>What stands at {url} announces no version: {error}.</source>
            <translation>Was unter {url} steht, kündigt keine Version an: {error}.</translation>
        </message>
        <message>
            <source>What the windows speak; a change is seen at the next start of the program.</source>
            <translation>Was die Fenster sprechen; eine Änderung ist beim nächsten Start des Programms zu sehen.</translation>
        </message>
        <message>
            <source>When to back up</source>
            <translation>Wann gesichert wird</translation>
        </message>
        <message>
            <source>Where new versions are announced; nothing is asked as long as this is empty.</source>
            <translation>Wo neue Versionen angekündigt werden; solange das leer ist, wird nichts gefragt.</translation>
        </message>
        <message>
            <source>Which album uploaded photos go into: none, one named like their folder, or one for all.</source>
            <translation>In welches Album hochgeladene Fotos kommen: in keines, in eines mit dem Namen ihres Ordners oder in eines für alle.</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>Warum?</translation>
        </message>
        <message>
            <source>With automatic backup on, let the system start it while the app is closed.</source>
            <translation>Bei automatischer Sicherung darf das System sie starten, wenn das Programm beendet ist.</translation>
        </message>
        <message>
            <source>Write detailed logs; secrets are never written.</source>
            <translation>Ausführliche Protokolle schreiben; Geheimnisse stehen nie darin.</translation>
        </message>
        <message>
            <source>You can close this tab.</source>
            <translation>Sie können diesen Tab schließen.</translation>
        </message>
        <message>
            <source>You paused the backup until you resume it.</source>
            <translation>Sie haben die Sicherung pausiert, bis Sie sie fortsetzen.</translation>
        </message>
        <message>
            <source>You paused the backup until {until:%a %H:%M}.</source>
            <translation>Sie haben die Sicherung pausiert bis {until:%a %H:%M}.</translation>
        </message>
        <message>
            <source>You paused the backup.</source>
            <translation>Sie haben die Sicherung pausiert.</translation>
        </message>
        <message>
            <source>Your storage quota on the server is used up.</source>
            <translation>Ihr Speicherplatz auf dem Server ist aufgebraucht.</translation>
        </message>
        <message>
            <source>a link that leads nowhere</source>
            <translation>ein Link, der nirgendwohin führt</translation>
        </message>
        <message>
            <source>a link to a folder, not followed</source>
            <translation>ein Link zu einem Ordner, dem nicht gefolgt wird</translation>
        </message>
        <message>
            <source>a list of lines in gitignore syntax</source>
            <translation>eine Liste von Zeilen in gitignore-Schreibweise</translation>
        </message>
        <message>
            <source>a password does not belong here but into the keychain</source>
            <translation>ein Passwort gehört nicht hierher, sondern in den Schlüsselbund</translation>
        </message>
        <message>
            <source>a user name or password does not belong into it; they are asked for later</source>
            <translation>Benutzername und Passwort gehören nicht hinein; danach wird später gefragt</translation>
        </message>
        <message>
            <source>an API key</source>
            <translation>einem API-Schlüssel</translation>
        </message>
        <message>
            <source>an API key from the environment</source>
            <translation>einem API-Schlüssel aus der Umgebung</translation>
        </message>
        <message>
            <source>an unknown error</source>
            <translation>ein unbekannter Fehler</translation>
        </message>
        <message>
            <source>another page</source>
            <translation>einer anderen Seite</translation>
        </message>
        <message>
            <source>being written by an Android phone</source>
            <translation>wird gerade von einem Android-Telefon geschrieben</translation>
        </message>
        <message>
            <source>bin of Linux, below a home folder</source>
            <translation>Papierkorb von Linux, unterhalb eines persönlichen Ordners</translation>
        </message>
        <message>
            <source>bin of Windows</source>
            <translation>Papierkorb von Windows</translation>
        </message>
        <message>
            <source>bin of a QNAP NAS</source>
            <translation>Papierkorb eines QNAP-NAS</translation>
        </message>
        <message>
            <source>bin of a Synology NAS</source>
            <translation>Papierkorb eines Synology-NAS</translation>
        </message>
        <message>
            <source>bin of digiKam</source>
            <translation>Papierkorb von digiKam</translation>
        </message>
        <message>
            <source>bins of Linux and macOS</source>
            <translation>Papierkörbe von Linux und macOS</translation>
        </message>
        <message>
            <source>caches of Linux programs, thumbnails among them</source>
            <translation>Zwischenspeicher von Linux-Programmen, darunter Vorschaubilder</translation>
        </message>
        <message>
            <source>cannot use its sign-in provider</source>
            <translation>kann seinen Anmeldedienst nicht nutzen</translation>
        </message>
        <message>
            <source>certificate authority</source>
            <translation>die Zertifizierungsstelle</translation>
        </message>
        <message>
            <source>change log of macOS</source>
            <translation>Änderungsprotokoll von macOS</translation>
        </message>
        <message>
            <source>client certificate</source>
            <translation>das Client-Zertifikat</translation>
        </message>
        <message>
            <source>could not finish the sign-in</source>
            <translation>konnte die Anmeldung nicht abschließen</translation>
        </message>
        <message>
            <source>days</source>
            <translation>Tage</translation>
        </message>
        <message>
            <source>deleted on an Android phone, kept for 30 days</source>
            <translation>auf einem Android-Telefon gelöscht, 30 Tage aufbewahrt</translation>
        </message>
        <message>
            <source>e-mail and password</source>
            <translation>E-Mail und Passwort</translation>
        </message>
        <message>
            <source>e-mail and password from the environment</source>
            <translation>E-Mail und Passwort aus der Umgebung</translation>
        </message>
        <message>
            <source>empty (0 bytes)</source>
            <translation>leer (0 Bytes)</translation>
        </message>
        <message>
            <source>files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>folder view of Windows</source>
            <translation>Ordneransicht von Windows</translation>
        </message>
        <message>
            <source>folder view of macOS</source>
            <translation>Ordneransicht von macOS</translation>
        </message>
        <message>
            <source>fragments found by a disk check</source>
            <translation>Bruchstücke, die eine Datenträgerprüfung fand</translation>
        </message>
        <message>
            <source>half a download</source>
            <translation>ein halber Download</translation>
        </message>
        <message>
            <source>half a file</source>
            <translation>eine halbe Datei</translation>
        </message>
        <message>
            <source>half a file by Syncthing</source>
            <translation>eine halbe Datei von Syncthing</translation>
        </message>
        <message>
            <source>half a file by Syncthing on Windows</source>
            <translation>eine halbe Datei von Syncthing unter Windows</translation>
        </message>
        <message>
            <source>half-done work of macOS</source>
            <translation>halb fertige Arbeit von macOS</translation>
        </message>
        <message>
            <source>history of source code</source>
            <translation>Verlauf von Quelltext</translation>
        </message>
        <message>
            <source>it cannot be read</source>
            <translation>sie ist nicht lesbar</translation>
        </message>
        <message>
            <source>it is empty</source>
            <translation>sie ist leer</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>sie ist zu tief verschachtelt</translation>
        </message>
        <message>
            <source>it is no PEM file, or its key or the password of the key is wrong</source>
            <translation>sie ist keine PEM-Datei, oder ihr Schlüssel oder dessen Passwort ist falsch</translation>
        </message>
        <message>
            <source>it is not an absolute path</source>
            <translation>es ist kein absoluter Pfad</translation>
        </message>
        <message>
            <source>it needs a name while all photos go into one album</source>
            <translation>es braucht einen Namen, solange alle Fotos in ein Album kommen</translation>
        </message>
        <message>
            <source>it takes {allowed}</source>
            <translation>erlaubt ist {allowed}</translation>
        </message>
        <message>
            <source>line {line} is not UTF-8 text</source>
            <translation>Zeile {line} ist kein UTF-8-Text</translation>
        </message>
        <message>
            <source>lines such as "photos.lan:443 AB:CD:..." with a SHA-256 fingerprint</source>
            <translation>Zeilen wie "photos.lan:443 AB:CD:..." mit einem SHA-256-Fingerabdruck</translation>
        </message>
        <message>
            <source>macOS's second half of a file on a foreign disk</source>
            <translation>zweite Hälfte einer Datei von macOS auf einem fremden Datenträger</translation>
        </message>
        <message>
            <source>macOS's second halves on a file server</source>
            <translation>zweite Hälften von macOS auf einem Dateiserver</translation>
        </message>
        <message>
            <source>marker of Syncthing</source>
            <translation>Markierung von Syncthing</translation>
        </message>
        <message>
            <source>metadata of a Synology NAS</source>
            <translation>Metadaten eines Synology-NAS</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>Minuten</translation>
        </message>
        <message>
            <source>names of headers such as "CF-Access-Client-Id"</source>
            <translation>Namen von Headern wie "CF-Access-Client-Id"</translation>
        </message>
        <message>
            <source>new files are found by looking once a minute instead.</source>
            <translation>neue Dateien werden stattdessen durch Nachsehen einmal in der Minute gefunden.</translation>
        </message>
        <message>
            <source>no extension {count:,}</source>
            <translation>ohne Endung {count:,}</translation>
        </message>
        <message>
            <source>not a regular file (pipe, socket or device)</source>
            <translation>keine gewöhnliche Datei (Pipe, Socket oder Gerät)</translation>
        </message>
        <message>
            <source>old versions kept by macOS</source>
            <translation>alte Versionen, von macOS aufbewahrt</translation>
        </message>
        <message>
            <source>only in the cloud, not on this computer</source>
            <translation>nur in der Cloud, nicht auf diesem Computer</translation>
        </message>
        <message>
            <source>other kinds</source>
            <translation>andere Arten</translation>
        </message>
        <message>
            <source>password</source>
            <translation>Passwort</translation>
        </message>
        <message>
            <source>percent</source>
            <translation>Prozent</translation>
        </message>
        <message>
            <source>pictures that belong to software</source>
            <translation>Bilder, die zu Software gehören</translation>
        </message>
        <message>
            <source>previews of Apple Photos</source>
            <translation>Vorschauen von Apple Fotos</translation>
        </message>
        <message>
            <source>previews of Capture One</source>
            <translation>Vorschauen von Capture One</translation>
        </message>
        <message>
            <source>previews of Lightroom</source>
            <translation>Vorschauen von Lightroom</translation>
        </message>
        <message>
            <source>replaced and deleted files kept by Syncthing</source>
            <translation>ersetzte und gelöschte Dateien, von Syncthing aufbewahrt</translation>
        </message>
        <message>
            <source>restore points of Windows</source>
            <translation>Wiederherstellungspunkte von Windows</translation>
        </message>
        <message>
            <source>search index of macOS</source>
            <translation>Suchindex von macOS</translation>
        </message>
        <message>
            <source>snapshots of a QNAP NAS</source>
            <translation>Schnappschüsse eines QNAP-NAS</translation>
        </message>
        <message>
            <source>snapshots of a Synology NAS</source>
            <translation>Schnappschüsse eines Synology-NAS</translation>
        </message>
        <message>
            <source>tables with an absolute path, enabled = true or false, exclude = [...]</source>
            <translation>Tabellen mit absolutem Pfad, enabled = true oder false, exclude = [...]</translation>
        </message>
        <message>
            <source>text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>the IPv6 address in brackets is wrong</source>
            <translation>die IPv6-Adresse in Klammern ist falsch</translation>
        </message>
        <message>
            <source>the browser</source>
            <translation>dem Browser</translation>
        </message>
        <message>
            <source>the browser (OAuth)</source>
            <translation>den Browser (OAuth)</translation>
        </message>
        <message>
            <source>the certificate has expired</source>
            <translation>das Zertifikat ist abgelaufen</translation>
        </message>
        <message>
            <source>the certificate is for another name than {host}</source>
            <translation>das Zertifikat ist für einen anderen Namen als {host}</translation>
        </message>
        <message>
            <source>the certificate is not valid</source>
            <translation>das Zertifikat ist nicht gültig</translation>
        </message>
        <message>
            <source>the certificate is not valid yet</source>
            <translation>das Zertifikat ist noch nicht gültig</translation>
        </message>
        <message>
            <source>the certificate is self-signed, signed by nobody this computer trusts</source>
            <translation>das Zertifikat ist selbst signiert, von niemandem, dem dieser Computer vertraut</translation>
        </message>
        <message>
            <source>the certificate is signed by an authority that this computer does not trust</source>
            <translation>das Zertifikat ist von einer Stelle signiert, der dieser Computer nicht vertraut</translation>
        </message>
        <message>
            <source>the host name is wrong</source>
            <translation>der Hostname ist falsch</translation>
        </message>
        <message>
            <source>the new values could not be put into it</source>
            <translation>die neuen Werte ließen sich nicht eintragen</translation>
        </message>
        <message>
            <source>the password of the proxy</source>
            <translation>das Passwort des Proxys</translation>
        </message>
        <message>
            <source>the path is not UTF-8; add the folder above it</source>
            <translation>der Pfad ist nicht in UTF-8; fügen Sie den Ordner darüber hinzu</translation>
        </message>
        <message>
            <source>the port or the brackets are wrong</source>
            <translation>der Port oder die Klammern sind falsch</translation>
        </message>
        <message>
            <source>the value of the header {name}</source>
            <translation>der Wert des Headers {name}</translation>
        </message>
        <message>
            <source>this API key</source>
            <translation>diesen API-Schlüssel</translation>
        </message>
        <message>
            <source>this e-mail and password</source>
            <translation>diese E-Mail mit diesem Passwort</translation>
        </message>
        <message>
            <source>thumbnails of Android and older Linux desktops</source>
            <translation>Vorschaubilder von Android und älteren Linux-Desktops</translation>
        </message>
        <message>
            <source>thumbnails of Windows</source>
            <translation>Vorschaubilder von Windows</translation>
        </message>
        <message>
            <source>thumbnails of a QNAP NAS</source>
            <translation>Vorschaubilder eines QNAP-NAS</translation>
        </message>
        <message>
            <source>thumbnails of a Synology NAS</source>
            <translation>Vorschaubilder eines Synology-NAS</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>true oder false</translation>
        </message>
        <message>
            <source>uploads</source>
            <translation>Uploads</translation>
        </message>
        <message>
            <source>working files of Apple Photos</source>
            <translation>Arbeitsdateien von Apple Fotos</translation>
        </message>
        <message>
            <source>working files of Dropbox</source>
            <translation>Arbeitsdateien von Dropbox</translation>
        </message>
        <message>
            <source>working files of Resilio Sync</source>
            <translation>Arbeitsdateien von Resilio Sync</translation>
        </message>
        <message>
            <source>{address} does not speak https; there is none to trust.</source>
            <translation>{address} spricht kein https; da gibt es keinem Zertifikat zu vertrauen.</translation>
        </message>
        <message>
            <source>{address} is not a usable address.</source>
            <translation>{address} ist keine verwendbare Adresse.</translation>
        </message>
        <message>
            <source>{count:,} excluded</source>
            <translation>{count:,} ausgeschlossen</translation>
        </message>
        <message>
            <source>{count:,} no photo or video ({kinds})</source>
            <translation>{count:,} kein Foto oder Video ({kinds})</translation>
        </message>
        <message>
            <source>{count:,} not usable</source>
            <translation>{count:,} nicht verwendbar</translation>
        </message>
        <message>
            <source>{duration} left</source>
            <translation>noch {duration}</translation>
        </message>
        <message>
            <source>{error}: “{said}”</source>
            <translation>{error}: „{said}“</translation>
        </message>
        <message>
            <source>{extension} {count:,}</source>
            <translation>{extension} {count:,}</translation>
        </message>
        <message>
            <source>{hostname} leads from https to {after}, which is not safe.</source>
            <translation>{hostname} führt von https zu {after}, was nicht sicher ist.</translation>
        </message>
        <message>
            <source>{host} answered 404: Immich is not answering there now.</source>
            <translation>{host} hat mit 404 geantwortet: Immich antwortet dort jetzt nicht.</translation>
        </message>
        <message>
            <source>{host} answered {status}{answer}.</source>
            <translation>{host} hat mit {status}{answer} geantwortet.</translation>
        </message>
        <message>
            <source>{host} answers, but it is not an Immich server.</source>
            <translation>{host} antwortet, ist aber kein Immich-Server.</translation>
        </message>
        <message>
            <source>{host} broke off the changes before their end.</source>
            <translation>{host} hat die Änderungen vor ihrem Ende abgebrochen.</translation>
        </message>
        <message>
            <source>{host} closed the connection without an answer: it may speak only https on this port.</source>
            <translation>{host} hat die Verbindung ohne Antwort beendet: Vielleicht versteht der Server an diesem Port nur https.</translation>
        </message>
        <message>
            <source>{host} could not be reached.</source>
            <translation>{host} ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>{host} did not answer in time.</source>
            <translation>{host} hat nicht rechtzeitig geantwortet.</translation>
        </message>
        <message>
            <source>{host} does not accept {what} (“{said}”).</source>
            <translation>{host} akzeptiert {what} nicht („{said}“).</translation>
        </message>
        <message>
            <source>{host} does not accept {what}.</source>
            <translation>{host} akzeptiert {what} nicht.</translation>
        </message>
        <message>
            <source>{host} does not say what changes: no greeting.</source>
            <translation>{host} sagt nicht, was sich ändert: kein Gruß.</translation>
        </message>
        <message>
            <source>{host} does not speak as Immich does where changes are told.</source>
            <translation>{host} spricht nicht wie Immich, wo Änderungen mitgeteilt werden.</translation>
        </message>
        <message>
            <source>{host} does not speak https on this port.</source>
            <translation>{host} spricht an diesem Port kein https.</translation>
        </message>
        <message>
            <source>{host} ended the connection that tells of changes.</source>
            <translation>{host} hat die Verbindung beendet, die Änderungen mitteilt.</translation>
        </message>
        <message>
            <source>{host} gave an answer that Immich does not give.</source>
            <translation>{host} hat eine Antwort gegeben, die Immich nicht gibt.</translation>
        </message>
        <message>
            <source>{host} has signing in by the browser (OAuth) switched off.</source>
            <translation>{host} hat die Anmeldung über den Browser (OAuth) abgeschaltet.</translation>
        </message>
        <message>
            <source>{host} has signing in by {what} switched off.</source>
            <translation>{host} hat die Anmeldung über {what} abgeschaltet.</translation>
        </message>
        <message>
            <source>{host} is in maintenance.</source>
            <translation>{host} wird gewartet.</translation>
        </message>
        <message>
            <source>{host} lets in only computers with a client certificate that it knows.</source>
            <translation>{host} lässt nur Computer mit einem Client-Zertifikat ein, das er kennt.</translation>
        </message>
        <message>
            <source>{host} names something that is no web page to sign in.</source>
            <translation>{host} nennt etwas, das keine Webseite zum Anmelden ist.</translation>
        </message>
        <message>
            <source>{host} no longer accepts our sign-in.</source>
            <translation>{host} akzeptiert unsere Anmeldung nicht mehr.</translation>
        </message>
        <message>
            <source>{host} no longer accepts our sign-in{answer}.</source>
            <translation>{host} akzeptiert unsere Anmeldung nicht mehr{answer}.</translation>
        </message>
        <message>
            <source>{host} opened the change stream and then sent nothing.</source>
            <translation>{host} hat den Änderungsstrom geöffnet und dann nichts gesendet.</translation>
        </message>
        <message>
            <source>{host} probably lets in only computers with a client certificate that it knows.</source>
            <translation>{host} lässt vermutlich nur Computer mit einem Client-Zertifikat ein, das er kennt.</translation>
        </message>
        <message>
            <source>{host} redirects to {place}.</source>
            <translation>{host} leitet zu {place} weiter.</translation>
        </message>
        <message>
            <source>{host} refused the connection on port {port}: no server listens there.</source>
            <translation>{host} hat die Verbindung an Port {port} abgelehnt: Dort lauscht kein Server.</translation>
        </message>
        <message>
            <source>{host} refuses access{answer}.</source>
            <translation>{host} verweigert den Zugriff{answer}.</translation>
        </message>
        <message>
            <source>{host} refuses the library's change stream: {reason}</source>
            <translation>{host} verweigert den Änderungsstrom der Mediathek: {reason}</translation>
        </message>
        <message>
            <source>{host} runs Immich {version}, newer than this program knows; look for an update.</source>
            <translation>Auf {host} läuft Immich {version}, neuer als dieses Programm kennt; suchen Sie nach einer Aktualisierung.</translation>
        </message>
        <message>
            <source>{host} runs Immich {version}; this program needs {oldest} or newer.</source>
            <translation>Auf {host} läuft Immich {version}; dieses Programm braucht {oldest} oder neuer.</translation>
        </message>
        <message>
            <source>{host} sends an answer compressed as {encoding}, which nobody asked for.</source>
            <translation>{host} sendet eine Antwort, die als {encoding} komprimiert ist; darum hat niemand gebeten.</translation>
        </message>
        <message>
            <source>{host} sends changes without an end.</source>
            <translation>{host} sendet Änderungen ohne Ende.</translation>
        </message>
        <message>
            <source>{host} sent a change of more than {limit:,} bytes.</source>
            <translation>{host} hat eine Änderung von mehr als {limit:,} Bytes gesendet.</translation>
        </message>
        <message>
            <source>{host} sent a change that Immich does not send ({error}).</source>
            <translation>{host} hat eine Änderung gesendet, die Immich nicht sendet ({error}).</translation>
        </message>
        <message>
            <source>{host} sent an answer of more than {limit} MiB.</source>
            <translation>{host} hat eine Antwort von mehr als {limit} MiB gesendet.</translation>
        </message>
        <message>
            <source>{host} sent an answer whose compression is damaged.</source>
            <translation>{host} hat eine Antwort gesendet, deren Komprimierung beschädigt ist.</translation>
        </message>
        <message>
            <source>{host} shows another certificate than the one you trusted. It has the fingerprint {fingerprint}. Nothing is sent.</source>
            <translation>{host} zeigt ein anderes Zertifikat als das, dem Sie vertraut haben. Es hat den Fingerabdruck {fingerprint}. Nichts wird gesendet.</translation>
        </message>
        <message>
            <source>{host} speaks https on this port.</source>
            <translation>{host} spricht an diesem Port https.</translation>
        </message>
        <message>
            <source>{host} stopped in the middle of the changes.</source>
            <translation>{host} hat mitten in den Änderungen aufgehört.</translation>
        </message>
        <message>
            <source>{host} takes too long over an answer.</source>
            <translation>{host} braucht zu lange für eine Antwort.</translation>
        </message>
        <message>
            <source>{host} tells changes at once only to API keys that may do all.</source>
            <translation>{host} teilt Änderungen sofort nur API-Schlüsseln mit, die alles dürfen.</translation>
        </message>
        <message>
            <source>{host} tells more changes than anybody can follow.</source>
            <translation>{host} meldet mehr Änderungen, als man verfolgen kann.</translation>
        </message>
        <message>
            <source>{host} {what} (500).</source>
            <translation>{host} {what} (500).</translation>
        </message>
        <message>
            <source>{host} {what}: {said}</source>
            <translation>{host} {what}: {said}</translation>
        </message>
        <message>
            <source>{hours:,} h</source>
            <translation>{hours:,} h</translation>
        </message>
        <message>
            <source>{hours:,} h {minutes:,} min</source>
            <translation>{hours:,} h {minutes:,} min</translation>
        </message>
        <message>
            <source>{key} (or {email} and {password})</source>
            <translation>{key} (oder {email} und {password})</translation>
        </message>
        <message>
            <source>{key} = {value} is not allowed: {allowed}.</source>
            <translation>{key} = {value} ist nicht erlaubt: {allowed}.</translation>
        </message>
        <message>
            <source>{line} is not a gitignore pattern</source>
            <translation>{line} ist kein gitignore-Muster</translation>
        </message>
        <message>
            <source>{line} is not a line of text</source>
            <translation>{line} ist keine Zeile Text</translation>
        </message>
        <message>
            <source>{line} is not host:port and a SHA-256 fingerprint</source>
            <translation>{line} ist nicht host:port und ein SHA-256-Fingerabdruck</translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <source>{minutes:,} min</source>
            <translation>{minutes:,} min</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} days</source>
            <translation>
                <numerusform>{n:,} Tag</numerusform>
                <numerusform>{n:,} Tage</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files</source>
            <translation>
                <numerusform>{n:,} Datei</numerusform>
                <numerusform>{n:,} Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files already on the server or equal to another one.</source>
            <translation>
                <numerusform>{n:,} Datei schon auf dem Server oder gleich einer anderen.</numerusform>
                <numerusform>{n:,} Dateien schon auf dem Server oder gleich einer anderen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files backed up before, gone from the server now; not uploaded again until you say so: immich-tray upload-again --all</source>
            <translation>
                <numerusform>{n:,} Datei früher gesichert, jetzt auf dem Server verschwunden; erst wieder hochgeladen, wenn Sie es sagen: immich-tray upload-again --all</numerusform>
                <numerusform>{n:,} Dateien früher gesichert, jetzt auf dem Server verschwunden; erst wieder hochgeladen, wenn Sie es sagen: immich-tray upload-again --all</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files could not be backed up.</source>
            <translation>
                <numerusform>{n:,} Datei konnte nicht gesichert werden.</numerusform>
                <numerusform>{n:,} Dateien konnten nicht gesichert werden.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files in the server's trash could not be taken out from here: {reason} Restore what you want back in Immich.</source>
            <translation>
                <numerusform>{n:,} Datei im Papierkorb des Servers ließ sich von hier nicht herausholen: {reason} Stellen Sie in Immich wieder her, was Sie zurückhaben wollen.</numerusform>
                <numerusform>{n:,} Dateien im Papierkorb des Servers ließen sich von hier nicht herausholen: {reason} Stellen Sie in Immich wieder her, was Sie zurückhaben wollen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files in the server's trash, not backed up by it.</source>
            <translation>
                <numerusform>{n:,} Datei im Papierkorb des Servers, durch ihn nicht gesichert.</numerusform>
                <numerusform>{n:,} Dateien im Papierkorb des Servers, durch ihn nicht gesichert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files skipped: {reasons}.</source>
            <translation>
                <numerusform>{n:,} Datei ausgelassen: {reasons}.</numerusform>
                <numerusform>{n:,} Dateien ausgelassen: {reasons}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files still to do; the next run goes on with them.</source>
            <translation>
                <numerusform>{n:,} Datei bleibt noch; der nächste Lauf macht damit weiter.</numerusform>
                <numerusform>{n:,} Dateien bleiben noch; der nächste Lauf macht damit weiter.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files uploaded and verified ({size} in {seconds:.1f} s).</source>
            <translation>
                <numerusform>{n:,} Datei hochgeladen und geprüft ({size} in {seconds:.1f} s).</numerusform>
                <numerusform>{n:,} Dateien hochgeladen und geprüft ({size} in {seconds:.1f} s).</numerusform>
            </translation>
        </message>
        <message>
            <source>{named} is not there now. Connect its drive, or remove it from the list.</source>
            <translation>{named} ist jetzt nicht da. Schließen Sie das Laufwerk an, oder nehmen Sie den Ordner aus der Liste.</translation>
        </message>
        <message>
            <source>{name} changed while it was being read.</source>
            <translation>{name} hat sich während des Lesens geändert.</translation>
        </message>
        <message>
            <source>{name} could not be read: {error}.</source>
            <translation>{name} konnte nicht gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>{name} disappeared before it could be read.</source>
            <translation>{name} ist verschwunden, bevor die Datei gelesen werden konnte.</translation>
        </message>
        <message>
            <source>{name} is listed twice</source>
            <translation>{name} steht doppelt da</translation>
        </message>
        <message>
            <source>{name} is not the name of a header</source>
            <translation>{name} ist kein Name eines Headers</translation>
        </message>
        <message>
            <source>{name} is set by the program itself</source>
            <translation>{name} wird vom Programm selbst gesetzt</translation>
        </message>
        <message>
            <source>{name} may not be read by this user.</source>
            <translation>{name} darf von diesem Benutzer nicht gelesen werden.</translation>
        </message>
        <message>
            <source>{name} was connected and has photos in {photos}. To back them up, add that folder to the setting `folders`.</source>
            <translation>{name} wurde angeschlossen und hat Fotos in {photos}. Um sie zu sichern, fügen Sie diesen Ordner der Einstellung `folders` hinzu.</translation>
        </message>
        <message>
            <source>{name} was damaged; it was set aside as {kept} and built anew.</source>
            <translation>{name} war beschädigt; die Datei wurde als {kept} beiseitegelegt und neu aufgebaut.</translation>
        </message>
        <message>
            <source>{network} is a mobile connection.</source>
            <translation>{network} ist eine mobile Verbindung.</translation>
        </message>
        <message>
            <source>{network} is a phone's connection (tethering).</source>
            <translation>{network} ist die Verbindung eines Telefons (Tethering).</translation>
        </message>
        <message>
            <source>{network} is metered.</source>
            <translation>{network} ist getaktet.</translation>
        </message>
        <message>
            <source>{network} wants you to log in first (captive portal).</source>
            <translation>{network} verlangt zuerst eine Anmeldung (Captive Portal).</translation>
        </message>
        <message>
            <source>{number:,.1f} GB</source>
            <translation>{number:,.1f} GB</translation>
        </message>
        <message>
            <source>{number:.1f} MB</source>
            <translation>{number:.1f} MB</translation>
        </message>
        <message>
            <source>{number:.1f} kB</source>
            <translation>{number:.1f} kB</translation>
        </message>
        <message numerus="yes">
            <source>{n} XMP sidecars are new or changed and were not sent again.</source>
            <translation>
                <numerusform>{n} XMP-Begleitdatei ist neu oder geändert und wurde nicht noch einmal gesendet.</numerusform>
                <numerusform>{n} XMP-Begleitdateien sind neu oder geändert und wurden nicht noch einmal gesendet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} bytes</source>
            <translation>
                <numerusform>{n} Byte</numerusform>
                <numerusform>{n} Bytes</numerusform>
            </translation>
        </message>
        <message>
            <source>{other} or --api-key</source>
            <translation>{other} oder --api-key</translation>
        </message>
        <message>
            <source>{path} cannot be read: {error}.</source>
            <translation>{path} ist nicht lesbar: {error}.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {error}.</source>
            <translation>{path} kann nicht geschrieben werden: {error}.</translation>
        </message>
        <message>
            <source>{path} is empty: {words}</source>
            <translation>{path} ist leer: {words}</translation>
        </message>
        <message>
            <source>{path} is listed twice</source>
            <translation>{path} steht doppelt da</translation>
        </message>
        <message>
            <source>{path} is not a desktop entry.</source>
            <translation>{path} ist kein Desktop-Eintrag.</translation>
        </message>
        <message>
            <source>{path} is not an absolute path</source>
            <translation>{path} ist kein absoluter Pfad</translation>
        </message>
        <message>
            <source>{path} is of another installation.</source>
            <translation>{path} gehört zu einer anderen Installation.</translation>
        </message>
        <message>
            <source>{path} starts another installation.</source>
            <translation>{path} startet eine andere Installation.</translation>
        </message>
        <message>
            <source>{path} was not sent: {words}</source>
            <translation>{path} wurde nicht gesendet: {words}</translation>
        </message>
        <message>
            <source>{path} was written by a newer Immich Tray.</source>
            <translation>{path} wurde von einem neueren Immich Tray geschrieben.</translation>
        </message>
        <message>
            <source>{path}: {words}</source>
            <translation>{path}: {words}</translation>
        </message>
        <message>
            <source>{place} is listed twice</source>
            <translation>{place} steht doppelt da</translation>
        </message>
        <message>
            <source>{place} shows a certificate with another fingerprint: {fingerprint}. Nothing was sent and nothing is trusted.</source>
            <translation>{place} zeigt ein Zertifikat mit einem anderen Fingerabdruck: {fingerprint}. Nichts wurde gesendet, und nichts gilt als vertraut.</translation>
        </message>
        <message>
            <source>{reason} Changes cannot be told at once.</source>
            <translation>{reason} Änderungen können nicht sofort mitgeteilt werden.</translation>
        </message>
        <message>
            <source>{scheme}:// is not supported, only https:// and http://</source>
            <translation>{scheme}:// wird nicht unterstützt, nur https:// und http://</translation>
        </message>
        <message>
            <source>{seconds:,} s</source>
            <translation>{seconds:,} s</translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation>{size}/s</translation>
        </message>
        <message>
            <source>{start} redirects again and again.</source>
            <translation>{start} leitet immer wieder weiter.</translation>
        </message>
        <message>
            <source>{target} could not be written: {error}.</source>
            <translation>{target} konnte nicht geschrieben werden: {error}.</translation>
        </message>
        <message>
            <source>{text} is no https address</source>
            <translation>{text} ist keine https-Adresse</translation>
        </message>
        <message>
            <source>{text} is no number of a version</source>
            <translation>{text} ist keine Versionsnummer</translation>
        </message>
        <message>
            <source>{timer_name} is masked; allow it: systemctl --user unmask {timer_name}</source>
            <translation>{timer_name} ist maskiert; erlauben Sie es: systemctl --user unmask {timer_name}</translation>
        </message>
        <message>
            <source>{timer_name} is switched off in systemd.</source>
            <translation>{timer_name} ist in systemd abgeschaltet.</translation>
        </message>
        <message>
            <source>{timer} is of another installation.</source>
            <translation>{timer} gehört zu einer anderen Installation.</translation>
        </message>
        <message>
            <source>{url} answers with status {status}.</source>
            <translation>{url} antwortet mit Status {status}.</translation>
        </message>
        <message>
            <source>{url} did not open a websocket.</source>
            <translation>{url} hat keinen WebSocket geöffnet.</translation>
        </message>
        <message>
            <source>{what} and {words}</source>
            <translation>{what} und {words}</translation>
        </message>
        <message>
            <source>{what} or {words}</source>
            <translation>{what} oder {words}</translation>
        </message>
        <message>
            <source>{why}; it takes {allowed}</source>
            <translation>{why}; erlaubt ist {allowed}</translation>
        </message>
    </context>
</TS>
