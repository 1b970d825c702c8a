<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ui</name>
        <message>
            <source>&amp;Add folder…</source>
            <translation>Ordner &amp;hinzufügen …</translation>
        </message>
        <message>
            <source>&amp;Address</source>
            <translation>&amp;Adresse</translation>
        </message>
        <message>
            <source>&amp;Also forget what was backed up</source>
            <translation>&amp;Auch vergessen, was gesichert wurde</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>&amp;Zurück</translation>
        </message>
        <message>
            <source>&amp;Back up</source>
            <translation>&amp;Sichern</translation>
        </message>
        <message>
            <source>&amp;Back up now</source>
            <translation>&amp;Jetzt sichern</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Change account…</source>
            <translation>&amp;Konto wechseln …</translation>
        </message>
        <message>
            <source>&amp;Continue</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>&amp;Detailed (advanced troubleshooting)</source>
            <translation>Ausfü&amp;hrlich (erweiterte Fehlersuche)</translation>
        </message>
        <message>
            <source>&amp;E-mail and password</source>
            <translation>&amp;E-Mail und Passwort</translation>
        </message>
        <message>
            <source>&amp;Export CSV…</source>
            <translation>CSV &amp;exportieren …</translation>
        </message>
        <message>
            <source>&amp;Export support bundle…</source>
            <translation>Support-Paket &amp;exportieren …</translation>
        </message>
        <message>
            <source>&amp;Ignore</source>
            <translation>&amp;Ignorieren</translation>
        </message>
        <message>
            <source>&amp;Later</source>
            <translation>S&amp;päter</translation>
        </message>
        <message>
            <source>&amp;Leave out in {name}</source>
            <translation>In {name} aus&amp;lassen</translation>
        </message>
        <message>
            <source>&amp;Next</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>&amp;Open in Immich</source>
            <translation>In Immich &amp;öffnen</translation>
        </message>
        <message>
            <source>&amp;Open the browser</source>
            <translation>Browser ö&amp;ffnen</translation>
        </message>
        <message>
            <source>&amp;Password</source>
            <translation>&amp;Passwort</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Retry</source>
            <translation>Erneut &amp;versuchen</translation>
        </message>
        <message>
            <source>&amp;Reveal file</source>
            <translation>Datei an&amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>&amp;Einstellungen …</translation>
        </message>
        <message>
            <source>&amp;Show everything</source>
            <translation>Alles an&amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Sign in</source>
            <translation>Anmel&amp;den</translation>
        </message>
        <message>
            <source>&amp;Start backup</source>
            <translation>Sicherung &amp;starten</translation>
        </message>
        <message>
            <source>&amp;Trust</source>
            <translation>&amp;Vertrauen</translation>
        </message>
        <message>
            <source>&amp;Trust this certificate</source>
            <translation>Diesem Zertifikat &amp;vertrauen</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>Erneut &amp;versuchen</translation>
        </message>
        <message>
            <source>&amp;Undo: back up again</source>
            <translation>&amp;Rückgängig: wieder sichern</translation>
        </message>
        <message>
            <source>&amp;Upload again</source>
            <translation>Erneut &amp;hochladen</translation>
        </message>
        <message>
            <source>&amp;View failed files</source>
            <translation>Fehler an&amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Wait on a metered or mobile network</source>
            <translation>In getakteten und &amp;mobilen Netzwerken warten</translation>
        </message>
        <message>
            <source>... and {more:,} more are not taken.</source>
            <translation>… und {more:,} weitere werden nicht übernommen.</translation>
        </message>
        <message>
            <source>... and {more:,} more lines</source>
            <translation>… und {more:,} weitere Zeilen</translation>
        </message>
        <message>
            <source>0 (at once)</source>
            <translation>0 (sofort)</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 Stunde</translation>
        </message>
        <message>
            <source>30 minutes</source>
            <translation>30 Minuten</translation>
        </message>
        <message>
            <source>A page of your server or its provider opens. Sign in there, then come back here.</source>
            <translation>Eine Seite Ihres Servers oder seines Anbieters wird geöffnet. Melden Sie sich dort an und kommen Sie dann hierher zurück.</translation>
        </message>
        <message>
            <source>API &amp;key</source>
            <translation>API-&amp;Schlüssel</translation>
        </message>
        <message>
            <source>API ke&amp;y</source>
            <translation>API-Sch&amp;lüssel</translation>
        </message>
        <message>
            <source>Actions for the selected items</source>
            <translation>Aktionen für die Auswahl</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Add a folder to back up</source>
            <translation>Ordner zum Sichern hinzufügen</translation>
        </message>
        <message>
            <source>Add a header</source>
            <translation>Header hinzufügen</translation>
        </message>
        <message>
            <source>Address fro&amp;m the browser</source>
            <translation>Adresse &amp;aus dem Browser</translation>
        </message>
        <message>
            <source>Address of the page to sign in at</source>
            <translation>Adresse der Anmeldeseite</translation>
        </message>
        <message>
            <source>Address of the server</source>
            <translation>Adresse des Servers</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>Hinzufügen …</translation>
        </message>
        <message>
            <source>All are tried again now.</source>
            <translation>Alle werden jetzt erneut versucht.</translation>
        </message>
        <message>
            <source>All backed up</source>
            <translation>Alles gesichert</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>All photos are backed up</source>
            <translation>Alle Fotos sind gesichert</translation>
        </message>
        <message>
            <source>All settings are in {file}, with an explanation each. It may be edited by hand; a change is in force at once.</source>
            <translation>Alle Einstellungen stehen mit Erklärung in {file}. Sie können die Datei von Hand bearbeiten; Änderungen gelten sofort.</translation>
        </message>
        <message>
            <source>All {number:,} photos are backed up</source>
            <translation>Alle {number:,} Fotos sind gesichert</translation>
        </message>
        <message>
            <source>An album named like the folder</source>
            <translation>Ein Album mit dem Namen des Ordners</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Asking the server …</source>
            <translation>Der Server wird gefragt …</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>Automatic backup is off</source>
            <translation>Automatische Sicherung ist aus</translation>
        </message>
        <message>
            <source>Automatic backup is on</source>
            <translation>Automatische Sicherung ist an</translation>
        </message>
        <message>
            <source>Back to the default: {value}</source>
            <translation>Zurück zum Standard: {value}</translation>
        </message>
        <message>
            <source>Back up new photos by &amp;itself</source>
            <translation>Neue Fotos von &amp;selbst sichern</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>Jetzt sichern</translation>
        </message>
        <message>
            <source>Back up photos and videos</source>
            <translation>Fotos und Videos sichern</translation>
        </message>
        <message>
            <source>Back up these folders?</source>
            <translation>Diese Ordner sichern?</translation>
        </message>
        <message>
            <source>Back up this folder?</source>
            <translation>Diesen Ordner sichern?</translation>
        </message>
        <message>
            <source>Backed up</source>
            <translation>Gesichert</translation>
        </message>
        <message>
            <source>Backed-up files</source>
            <translation>Gesicherte Dateien</translation>
        </message>
        <message>
            <source>Backup Progress</source>
            <translation>Fortschritt der Sicherung</translation>
        </message>
        <message>
            <source>Backup failed</source>
            <translation>Sicherung fehlgeschlagen</translation>
        </message>
        <message>
            <source>Backup failing since {when}</source>
            <translation>Sicherung schlägt fehl seit {when}</translation>
        </message>
        <message>
            <source>Backup finished</source>
            <translation>Sicherung abgeschlossen</translation>
        </message>
        <message>
            <source>Backup has errors</source>
            <translation>Sicherung mit Fehlern</translation>
        </message>
        <message>
            <source>Backup is out of date</source>
            <translation>Sicherung ist veraltet</translation>
        </message>
        <message>
            <source>Backup needs you</source>
            <translation>Sicherung braucht Sie</translation>
        </message>
        <message>
            <source>Backup runs</source>
            <translation>Sicherungsläufe</translation>
        </message>
        <message>
            <source>Backups go on after you quit</source>
            <translation>Nach dem Beenden wird weiter gesichert</translation>
        </message>
        <message>
            <source>Bluetooth</source>
            <translation>Bluetooth</translation>
        </message>
        <message>
            <source>C&amp;hoose photos…</source>
            <translation>Fotos a&amp;uswählen …</translation>
        </message>
        <message>
            <source>CSV files (*.csv)</source>
            <translation>CSV-Dateien (*.csv)</translation>
        </message>
        <message>
            <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
            <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key)</translation>
        </message>
        <message>
            <source>Checking that everything arrived</source>
            <translation>Prüfe, ob alles angekommen ist</translation>
        </message>
        <message>
            <source>Choose a file to read what happened and what to do.</source>
            <translation>Wählen Sie eine Datei aus, um zu lesen, was geschehen ist und was zu tun ist.</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Auswählen …</translation>
        </message>
        <message>
            <source>Co&amp;py the address</source>
            <translation>Adresse &amp;kopieren</translation>
        </message>
        <message>
            <source>Compare it with what the server itself says. Only this certificate will be accepted there.</source>
            <translation>Vergleichen Sie ihn mit dem, was der Server selbst angibt. Nur dieses Zertifikat wird dort akzeptiert.</translation>
        </message>
        <message>
            <source>Complete</source>
            <translation>Vollständig</translation>
        </message>
        <message>
            <source>Connecting to the server</source>
            <translation>Verbinde mit dem Server</translation>
        </message>
        <message>
            <source>Connection</source>
            <translation>Verbindung</translation>
        </message>
        <message>
            <source>Could not be backed up</source>
            <translation>Nicht gesichert</translation>
        </message>
        <message>
            <source>Current file</source>
            <translation>Aktuelle Datei</translation>
        </message>
        <message>
            <source>Drop photos or folders here to back them up</source>
            <translation>Fotos oder Ordner zum Sichern hierher ziehen</translation>
        </message>
        <message>
            <source>E-&amp;mail</source>
            <translation>E-&amp;Mail</translation>
        </message>
        <message>
            <source>Else only when you ask for it. The first backup begins now in any case.</source>
            <translation>Sonst nur auf Ihren Wunsch. Die erste Sicherung beginnt in jedem Fall jetzt.</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Export a support bundle</source>
            <translation>Support-Paket exportieren</translation>
        </message>
        <message>
            <source>Export the failed files</source>
            <translation>Fehlgeschlagene Dateien exportieren</translation>
        </message>
        <message>
            <source>F&amp;ollow</source>
            <translation>Mit&amp;laufen</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Failed ({count:,})</source>
            <translation>Fehler ({count:,})</translation>
        </message>
        <message>
            <source>Failed files</source>
            <translation>Fehlgeschlagene Dateien</translation>
        </message>
        <message>
            <source>Failed or ignored files</source>
            <translation>Fehlgeschlagene oder ignorierte Dateien</translation>
        </message>
        <message>
            <source>Favourite</source>
            <translation>Favorit</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>Favoriten</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>File name contains</source>
            <translation>Dateiname enthält</translation>
        </message>
        <message>
            <source>Files are only read, never changed. What to leave out can be said afterwards.</source>
            <translation>Dateien werden nur gelesen, nie verändert. Was ausgelassen werden soll, lässt sich danach festlegen.</translation>
        </message>
        <message>
            <source>Files of the run of {began}</source>
            <translation>Dateien des Laufs von {began}</translation>
        </message>
        <message>
            <source>Files, the newest first</source>
            <translation>Dateien, die neuesten zuerst</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Filter by file name (Ctrl+F)</source>
            <translation>Nach Dateiname filtern (Strg+F)</translation>
        </message>
        <message>
            <source>Filter by name or folder</source>
            <translation>Nach Name oder Ordner filtern</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folders to back up</source>
            <translation>Zu sichernde Ordner</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Given up</source>
            <translation>Aufgegeben</translation>
        </message>
        <message>
            <source>HTTP status {status}</source>
            <translation>HTTP-Status {status}</translation>
        </message>
        <message>
            <source>Had to wait</source>
            <translation>Musste warten</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>How</source>
            <translation>Wie</translation>
        </message>
        <message>
            <source>INFO and above</source>
            <translation>INFO und höher</translation>
        </message>
        <message>
            <source>If it does not come back here by itself, copy the whole address from the browser's address bar and paste it below.</source>
            <translation>Geht es hier nicht von selbst weiter, kopieren Sie die ganze Adresse aus der Adressleiste des Browsers und fügen Sie sie unten ein.</translation>
        </message>
        <message>
            <source>Ignored</source>
            <translation>Ignoriert</translation>
        </message>
        <message>
            <source>Immich Tray comes up hidden in the tray when you log in to this computer.</source>
            <translation>Immich Tray startet unsichtbar im Infobereich, wenn Sie sich an diesem Computer anmelden.</translation>
        </message>
        <message>
            <source>Immich Tray menu</source>
            <translation>Menü von Immich Tray</translation>
        </message>
        <message>
            <source>In the b&amp;rowser</source>
            <translation>Im &amp;Browser</translation>
        </message>
        <message>
            <source>In the b&amp;rowser (“{button}”)</source>
            <translation>Im &amp;Browser („{button}“)</translation>
        </message>
        <message>
            <source>In the server's trash or deleted there</source>
            <translation>Im Papierkorb des Servers oder dort gelöscht</translation>
        </message>
        <message>
            <source>It is forgotten at the next start of the program.</source>
            <translation>Vergessen wird es beim nächsten Start des Programms.</translation>
        </message>
        <message>
            <source>KiB/s</source>
            <translation>KiB/s</translation>
        </message>
        <message>
            <source>Last backup {when}</source>
            <translation>Letzte Sicherung: {when}</translation>
        </message>
        <message>
            <source>Le&amp;vels:</source>
            <translation>S&amp;tufen:</translation>
        </message>
        <message>
            <source>Leave out in this folder</source>
            <translation>In diesem Ordner auslassen</translation>
        </message>
        <message numerus="yes">
            <source>Leaves out {n:,} files and folders: {names}.</source>
            <translation>
                <numerusform>Lässt {n:,} Datei oder Ordner aus: {names}.</numerusform>
                <numerusform>Lässt {n:,} Dateien und Ordner aus: {names}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Levels to show</source>
            <translation>Anzuzeigende Stufen</translation>
        </message>
        <message>
            <source>Library not synced yet</source>
            <translation>Bibliothek noch nicht abgeglichen</translation>
        </message>
        <message>
            <source>Library of {when}</source>
            <translation>Stand der Bibliothek: {when}</translation>
        </message>
        <message>
            <source>Library synced {when}</source>
            <translation>Bibliothek abgeglichen: {when}</translation>
        </message>
        <message>
            <source>Lines in gitignore syntax, from this folder on.</source>
            <translation>Zeilen in gitignore-Schreibweise, ab diesem Ordner.</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Logs</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Looking at the battery …</source>
            <translation>Der Akku wird geprüft …</translation>
        </message>
        <message>
            <source>Looking at the network …</source>
            <translation>Das Netzwerk wird geprüft …</translation>
        </message>
        <message>
            <source>Looking for new photos</source>
            <translation>Suche nach neuen Fotos</translation>
        </message>
        <message>
            <source>Looking for your photos…</source>
            <translation>Ihre Fotos werden gesucht …</translation>
        </message>
        <message>
            <source>Looking …</source>
            <translation>Wird geprüft …</translation>
        </message>
        <message>
            <source>Make one in Immich under Account Settings, API Keys. It needs the permissions {permissions}, or all.</source>
            <translation>Erstellen Sie einen in Immich unter Kontoeinstellungen, API-Schlüssel. Er braucht die Berechtigungen {permissions} oder alle.</translation>
        </message>
        <message>
            <source>Matches nothing.</source>
            <translation>Trifft auf nichts zu.</translation>
        </message>
        <message>
            <source>Name, for example CF-Access-Client-Id</source>
            <translation>Name, zum Beispiel CF-Access-Client-Id</translation>
        </message>
        <message>
            <source>Needed you</source>
            <translation>Brauchte Sie</translation>
        </message>
        <message>
            <source>Needs you</source>
            <translation>Braucht Sie</translation>
        </message>
        <message>
            <source>Needs you: it is not set up yet</source>
            <translation>Braucht Sie: noch nicht eingerichtet</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Nie</translation>
        </message>
        <message>
            <source>New photos are backed up</source>
            <translation>Neue Fotos werden gesichert</translation>
        </message>
        <message>
            <source>New photos are backed up at {when}</source>
            <translation>Nächste Sicherung neuer Fotos: {when}</translation>
        </message>
        <message>
            <source>Next try at {when}</source>
            <translation>Nächster Versuch: {when}</translation>
        </message>
        <message>
            <source>Next try at {when}.</source>
            <translation>Nächster Versuch: {when}.</translation>
        </message>
        <message>
            <source>No album</source>
            <translation>Kein Album</translation>
        </message>
        <message>
            <source>No backup yet</source>
            <translation>Noch keine Sicherung</translation>
        </message>
        <message>
            <source>No browser can be opened here. Open this address in one, on this computer or another, and sign in there.</source>
            <translation>Hier lässt sich kein Browser öffnen. Öffnen Sie diese Adresse in einem Browser auf diesem oder einem anderen Computer und melden Sie sich dort an.</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>No favourites yet. Mark some in Immich.</source>
            <translation>Noch keine Favoriten. Markieren Sie welche in Immich.</translation>
        </message>
        <message>
            <source>No file is backed up here yet.</source>
            <translation>Hier ist noch keine Datei gesichert.</translation>
        </message>
        <message>
            <source>No file is ignored.</source>
            <translation>Keine Datei wird ignoriert.</translation>
        </message>
        <message>
            <source>No file name contains “{text}”.</source>
            <translation>Kein Dateiname enthält „{text}“.</translation>
        </message>
        <message>
            <source>No folder is chosen yet. Add one in the settings, or drop photos here.</source>
            <translation>Noch kein Ordner ausgewählt. Fügen Sie in den Einstellungen einen hinzu oder ziehen Sie Fotos hierher.</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>Unbegrenzt</translation>
        </message>
        <message>
            <source>No photos known yet</source>
            <translation>Noch keine Fotos bekannt</translation>
        </message>
        <message>
            <source>No photos or videos</source>
            <translation>Keine Fotos oder Videos</translation>
        </message>
        <message>
            <source>No photos yet. Choose folders to back up, or sign in to your server: what is there appears here.</source>
            <translation>Noch keine Fotos. Wählen Sie Ordner zum Sichern aus oder melden Sie sich an Ihrem Server an: Was dort ist, erscheint hier.</translation>
        </message>
        <message>
            <source>No setting is called so.</source>
            <translation>Keine Einstellung heißt so.</translation>
        </message>
        <message>
            <source>No videos yet.</source>
            <translation>Noch keine Videos.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>Läuft nicht</translation>
        </message>
        <message>
            <source>Not signed in</source>
            <translation>Nicht angemeldet</translation>
        </message>
        <message>
            <source>Note about the tray</source>
            <translation>Hinweis zum Infobereich</translation>
        </message>
        <message>
            <source>Note: {words}</source>
            <translation>Hinweis: {words}</translation>
        </message>
        <message>
            <source>Nothing could be backed up since {when}.</source>
            <translation>Seit {when} konnte nichts gesichert werden.</translation>
        </message>
        <message>
            <source>Nothing failed.</source>
            <translation>Keine Fehler.</translation>
        </message>
        <message>
            <source>Nothing failed. Every photo that was tried is backed up.</source>
            <translation>Keine Fehler. Jedes versuchte Foto ist gesichert.</translation>
        </message>
        <message>
            <source>Nothing found yet</source>
            <translation>Noch nichts gefunden</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>Nothing is backed up until you sign in again. Your photos stay, here and on the server; so do your settings.</source>
            <translation>Bis Sie sich wieder anmelden, wird nichts gesichert. Ihre Fotos bleiben, hier und auf dem Server, ebenso Ihre Einstellungen.</translation>
        </message>
        <message>
            <source>Nothing is backed up yet</source>
            <translation>Noch nichts gesichert</translation>
        </message>
        <message>
            <source>Nothing is only on the server.</source>
            <translation>Nichts ist nur auf dem Server.</translation>
        </message>
        <message>
            <source>Nothing is only on this computer: the server has it all.</source>
            <translation>Nichts ist nur auf diesem Computer: Der Server hat alles.</translation>
        </message>
        <message>
            <source>Nothing of yours is in the server's trash.</source>
            <translation>Im Papierkorb des Servers liegt nichts von Ihnen.</translation>
        </message>
        <message>
            <source>Now: nothing speaks against it. The backup would go on.</source>
            <translation>Jetzt: Nichts spricht dagegen. Die Sicherung liefe weiter.</translation>
        </message>
        <message>
            <source>Now: the server is on this computer, so no network is needed.</source>
            <translation>Jetzt: Der Server läuft auf diesem Computer, ein Netzwerk ist nicht nötig.</translation>
        </message>
        <message>
            <source>Now: {known}. The backup would go on.</source>
            <translation>Jetzt: {known}. Die Sicherung liefe weiter.</translation>
        </message>
        <message>
            <source>Now: {reasons} The backup would wait.</source>
            <translation>Jetzt: {reasons} Die Sicherung würde warten.</translation>
        </message>
        <message>
            <source>Now: {words}</source>
            <translation>Jetzt: {words}</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>On battery it waits anyway below {percent} % of battery, or while the power saver is on.</source>
            <translation>Im Akkubetrieb wartet sie in jedem Fall unter {percent} % Ladung und im Energiesparmodus.</translation>
        </message>
        <message>
            <source>On battery it waits anyway while the power saver is on.</source>
            <translation>Im Akkubetrieb wartet sie in jedem Fall im Energiesparmodus.</translation>
        </message>
        <message>
            <source>On this computer and the server</source>
            <translation>Auf diesem Computer und dem Server</translation>
        </message>
        <message>
            <source>One album for all</source>
            <translation>Ein Album für alle</translation>
        </message>
        <message>
            <source>Only on the server</source>
            <translation>Nur auf dem Server</translation>
        </message>
        <message>
            <source>Only on this computer</source>
            <translation>Nur auf diesem Computer</translation>
        </message>
        <message>
            <source>Open Immich</source>
            <translation>Immich öffnen</translation>
        </message>
        <message>
            <source>Open the &amp;file</source>
            <translation>&amp;Datei öffnen</translation>
        </message>
        <message>
            <source>Open the settings &amp;file</source>
            <translation>Einstellungs&amp;datei öffnen</translation>
        </message>
        <message>
            <source>Open window</source>
            <translation>Fenster öffnen</translation>
        </message>
        <message>
            <source>Or drop folders here. Nothing in them is ever changed or moved.</source>
            <translation>Oder ziehen Sie Ordner hierher. Darin wird nie etwas verändert oder verschoben.</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Password: {title}</source>
            <translation>Passwort: {title}</translation>
        </message>
        <message>
            <source>Password…</source>
            <translation>Passwort …</translation>
        </message>
        <message>
            <source>Pause for</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausiert</translation>
        </message>
        <message>
            <source>Paused until {when}</source>
            <translation>Pausiert bis {when}</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Photos and videos in these folders and in all folders inside them. They are only read, never changed or deleted, and nothing is uploaded yet.</source>
            <translation>Fotos und Videos in diesen Ordnern und allen Ordnern darin. Sie werden nur gelesen, nie verändert oder gelöscht, und noch wird nichts hochgeladen.</translation>
        </message>
        <message>
            <source>Photos are gone from the server</source>
            <translation>Fotos fehlen auf dem Server</translation>
        </message>
        <message>
            <source>Place in the timeline</source>
            <translation>Stelle in der Zeitachse</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>Progress of the backup</source>
            <translation>Fortschritt der Sicherung</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Quit and switch &amp;off</source>
            <translation>Beenden und &amp;ausschalten</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>E&amp;ntfernen</translation>
        </message>
        <message>
            <source>Reached by {address} now.</source>
            <translation>Jetzt erreicht über {address}.</translation>
        </message>
        <message>
            <source>Reading photo {done:,} of {total:,}</source>
            <translation>Lese Foto {done:,} von {total:,}</translation>
        </message>
        <message>
            <source>Reading photos</source>
            <translation>Lese Fotos</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>Recently backed up</source>
            <translation>Zuletzt gesichert</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Aktualisieren</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove the header</source>
            <translation>Header entfernen</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Reset {title} to the default</source>
            <translation>{title} auf den Standard zurücksetzen</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Retry &amp;all</source>
            <translation>&amp;Alle erneut versuchen</translation>
        </message>
        <message>
            <source>S&amp;top</source>
            <translation>S&amp;topp</translation>
        </message>
        <message>
            <source>SEVERE</source>
            <translation>SEVERE</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search all settings (Ctrl+F)</source>
            <translation>Alle Einstellungen durchsuchen (Strg+F)</translation>
        </message>
        <message>
            <source>Search files by name or folder</source>
            <translation>Dateien nach Name oder Ordner suchen</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>Einstellungen suchen</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>Suche …</translation>
        </message>
        <message>
            <source>Select &amp;all</source>
            <translation>&amp;Alles auswählen</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Gesendet</translation>
        </message>
        <message>
            <source>Set &amp;up…</source>
            <translation>Einr&amp;ichten …</translation>
        </message>
        <message>
            <source>Set up Immich Tray</source>
            <translation>Einrichtung von Immich Tray</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Einrichten …</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Settings of Immich Tray</source>
            <translation>Einstellungen von Immich Tray</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen …</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show &amp;all files</source>
            <translation>&amp;Alle Dateien anzeigen</translation>
        </message>
        <message>
            <source>Show in &amp;folder</source>
            <translation>Im &amp;Ordner anzeigen</translation>
        </message>
        <message>
            <source>Sign &amp;in…</source>
            <translation>A&amp;nmelden …</translation>
        </message>
        <message>
            <source>Sign &amp;out</source>
            <translation>A&amp;bmelden</translation>
        </message>
        <message>
            <source>Sign &amp;out…</source>
            <translation>A&amp;bmelden …</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Sign in on the page that opened in your browser.</source>
            <translation>Melden Sie sich auf der Seite an, die sich im Browser geöffnet hat.</translation>
        </message>
        <message>
            <source>Sign out of {server}?</source>
            <translation>Von {server} abmelden?</translation>
        </message>
        <message>
            <source>Sign out?</source>
            <translation>Abmelden?</translation>
        </message>
        <message>
            <source>Signed in as {email} at {site}.</source>
            <translation>Angemeldet als {email} bei {site}.</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Something unexpected happened; the log has the details.</source>
            <translation>Etwas Unerwartetes ist geschehen; Näheres steht im Protokoll.</translation>
        </message>
        <message>
            <source>Start at lo&amp;gin, hidden in the tray</source>
            <translation>Bei der An&amp;meldung starten, unsichtbar im Infobereich</translation>
        </message>
        <message>
            <source>Start at login</source>
            <translation>Bei der Anmeldung starten</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>State: {words}</source>
            <translation>Zustand: {words}</translation>
        </message>
        <message>
            <source>Step {step} of {count}</source>
            <translation>Schritt {step} von {count}</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Storage used on the server</source>
            <translation>Belegter Speicher auf dem Server</translation>
        </message>
        <message>
            <source>Switched off. {amount}</source>
            <translation>Ausgeschaltet. {amount}</translation>
        </message>
        <message>
            <source>Syncing the library</source>
            <translation>Die Bibliothek wird abgeglichen</translation>
        </message>
        <message numerus="yes">
            <source>The API key lacks {n:,} permissions: {rights}. Add to the key in Immich under Account Settings, API Keys.</source>
            <translation>
                <numerusform>Dem API-Schlüssel fehlt {n:,} Berechtigung: {rights}. Ergänzen Sie sie in Immich unter Kontoeinstellungen, API-Schlüssel.</numerusform>
                <numerusform>Dem API-Schlüssel fehlen {n:,} Berechtigungen: {rights}. Ergänzen Sie sie in Immich unter Kontoeinstellungen, API-Schlüssel.</numerusform>
            </translation>
        </message>
        <message>
            <source>The certificate of {place} has the SHA-256 fingerprint
{fingerprint}
Compare it with what the server itself says. If it is the same, you can trust it from now on; a server with any other certificate is refused then.</source>
            <translation>Das Zertifikat von {place} hat den SHA-256-Fingerabdruck
{fingerprint}
Vergleichen Sie ihn mit dem, was der Server selbst angibt. Stimmt er überein, können Sie ihm von nun an vertrauen; ein Server mit einem anderen Zertifikat wird dann abgewiesen.</translation>
        </message>
        <message>
            <source>The log has no such entry.</source>
            <translation>Das Protokoll hat keinen solchen Eintrag.</translation>
        </message>
        <message>
            <source>The log is empty.</source>
            <translation>Das Protokoll ist leer.</translation>
        </message>
        <message>
            <source>The page shows an error about the redirect &amp;address</source>
            <translation>Die Seite meldet einen &amp;Fehler zur Weiterleitungsadresse</translation>
        </message>
        <message>
            <source>The scheduled backup could not be switched off</source>
            <translation>Die geplante Sicherung ließ sich nicht ausschalten</translation>
        </message>
        <message>
            <source>The settings file</source>
            <translation>Die Einstellungsdatei</translation>
        </message>
        <message>
            <source>The support bundle is {place}. It holds no secret; look through it.</source>
            <translation>Das Support-Paket ist {place}. Es enthält kein Geheimnis; sehen Sie es durch.</translation>
        </message>
        <message>
            <source>This many</source>
            <translation>So viele</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitachse</translation>
        </message>
        <message>
            <source>Together: {amount}</source>
            <translation>Zusammen: {amount}</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>Papierkorb</translation>
        </message>
        <message>
            <source>Trust a certificate</source>
            <translation>Einem Zertifikat vertrauen</translation>
        </message>
        <message>
            <source>Trust the certificate of a server</source>
            <translation>Dem Zertifikat eines Servers vertrauen</translation>
        </message>
        <message>
            <source>Trust this certificate no longer</source>
            <translation>Diesem Zertifikat nicht mehr vertrauen</translation>
        </message>
        <message>
            <source>Trust this certificate?</source>
            <translation>Diesem Zertifikat vertrauen?</translation>
        </message>
        <message>
            <source>Trust…</source>
            <translation>Vertrauen …</translation>
        </message>
        <message>
            <source>Type or paste the key.</source>
            <translation>Geben Sie den Schlüssel ein oder fügen Sie ihn ein.</translation>
        </message>
        <message>
            <source>Type the address that you open in the browser or in the phone app. Nothing is uploaded before the last step.</source>
            <translation>Geben Sie die Adresse ein, die Sie im Browser oder in der Handy-App öffnen. Vor dem letzten Schritt wird nichts hochgeladen.</translation>
        </message>
        <message>
            <source>Type the value of the header</source>
            <translation>Wert des Headers eingeben</translation>
        </message>
        <message>
            <source>Type your e-mail address.</source>
            <translation>Geben Sie Ihre E-Mail-Adresse ein.</translation>
        </message>
        <message>
            <source>Type your password.</source>
            <translation>Geben Sie Ihr Passwort ein.</translation>
        </message>
        <message>
            <source>Until I resume</source>
            <translation>Bis ich fortsetze</translation>
        </message>
        <message>
            <source>Until tomorrow</source>
            <translation>Bis morgen</translation>
        </message>
        <message>
            <source>Upload an&amp;yway on this network</source>
            <translation>In diesem Netzwerk trotzdem &amp;hochladen</translation>
        </message>
        <message>
            <source>Upload anyway on this network</source>
            <translation>In diesem Netzwerk trotzdem hochladen</translation>
        </message>
        <message>
            <source>Uploaded</source>
            <translation>Hochgeladen</translation>
        </message>
        <message>
            <source>Uploading photo {done:,} of {total:,}</source>
            <translation>Lade Foto {done:,} von {total:,} hoch</translation>
        </message>
        <message>
            <source>Uploading photos</source>
            <translation>Lade Fotos hoch</translation>
        </message>
        <message>
            <source>Value of the header</source>
            <translation>Wert des Headers</translation>
        </message>
        <message>
            <source>Value of {name}</source>
            <translation>Wert von {name}</translation>
        </message>
        <message>
            <source>Value…</source>
            <translation>Wert …</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Videos</translation>
        </message>
        <message>
            <source>WARNING and SEVERE</source>
            <translation>WARNING und SEVERE</translation>
        </message>
        <message>
            <source>Wait until the computer is &amp;plugged in</source>
            <translation>Warten, bis der Computer am &amp;Netz ist</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>Was there already</source>
            <translation>War schon da</translation>
        </message>
        <message>
            <source>What came of it</source>
            <translation>Was daraus wurde</translation>
        </message>
        <message>
            <source>What do you want to back up?</source>
            <translation>Was möchten Sie sichern?</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Was geschehen ist</translation>
        </message>
        <message>
            <source>What happened to the chosen file</source>
            <translation>Was mit der gewählten Datei geschehen ist</translation>
        </message>
        <message>
            <source>What is done so far stays; the rest is asked when you come back.</source>
            <translation>Was getan ist, bleibt; der Rest wird gefragt, wenn Sie zurückkommen.</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>Was zu tun ist</translation>
        </message>
        <message>
            <source>When do you want to back up?</source>
            <translation>Wann möchten Sie sichern?</translation>
        </message>
        <message>
            <source>Where is your Immich server?</source>
            <translation>Wo ist Ihr Immich-Server?</translation>
        </message>
        <message>
            <source>While Immich Tray is closed, the system starts a backup every hour: new photos are safe even when the program is not running.</source>
            <translation>Auch wenn Immich Tray beendet ist, startet das System jede Stunde eine Sicherung: Neue Fotos sind sicher, auch wenn das Programm nicht läuft.</translation>
        </message>
        <message>
            <source>Wi-Fi</source>
            <translation>WLAN</translation>
        </message>
        <message>
            <source>Wi-Fi and cable count as free of cost. A network that the system calls metered, a mobile connection and a phone's hotspot do not.</source>
            <translation>WLAN und Kabel gelten als kostenlos. Ein Netzwerk, das das System getaktet nennt, eine mobile Verbindung und der Hotspot eines Handys nicht.</translation>
        </message>
        <message>
            <source>Writing the support bundle; the checks take a moment…</source>
            <translation>Das Support-Paket wird geschrieben; die Prüfungen dauern einen Moment …</translation>
        </message>
        <message>
            <source>You are not signed in to a server.</source>
            <translation>Sie sind an keinem Server angemeldet.</translation>
        </message>
        <message>
            <source>You can change all of this later in the settings.</source>
            <translation>All das können Sie später in den Einstellungen ändern.</translation>
        </message>
        <message>
            <source>Your 1 photo is backed up</source>
            <translation>Ihr 1 Foto ist gesichert</translation>
        </message>
        <message>
            <source>Zip files (*.zip)</source>
            <translation>ZIP-Dateien (*.zip)</translation>
        </message>
        <message>
            <source>a cable</source>
            <translation>ein Kabel</translation>
        </message>
        <message>
            <source>a mobile connection</source>
            <translation>eine mobile Verbindung</translation>
        </message>
        <message>
            <source>account sign in out server user storage quota permissions version change log</source>
            <translation>Konto anmelden abmelden Server Benutzer Speicher Kontingent Berechtigungen Version wechseln</translation>
        </message>
        <message>
            <source>battery at {percent} %</source>
            <translation>Akku bei {percent} %</translation>
        </message>
        <message>
            <source>by {owner}</source>
            <translation>von {owner}</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>leer</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>idle</source>
            <translation>ruht</translation>
        </message>
        <message>
            <source>needs user</source>
            <translation>braucht Sie</translation>
        </message>
        <message>
            <source>no value yet</source>
            <translation>noch kein Wert</translation>
        </message>
        <message>
            <source>not tried again until you ask</source>
            <translation>kein neuer Versuch, bis Sie es wünschen</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>on</source>
            <translation>an</translation>
        </message>
        <message>
            <source>on battery</source>
            <translation>im Akkubetrieb</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>photos.example.org or 192.168.1.5:2283</source>
            <translation>photos.example.org oder 192.168.1.5:2283</translation>
        </message>
        <message>
            <source>plugged in</source>
            <translation>am Stromnetz</translation>
        </message>
        <message>
            <source>settings file edit toml path open</source>
            <translation>Einstellungen Datei bearbeiten toml Pfad öffnen</translation>
        </message>
        <message>
            <source>since {when}</source>
            <translation>seit {when}</translation>
        </message>
        <message>
            <source>start at login autostart general startup boot</source>
            <translation>bei Anmeldung starten Autostart Allgemein Systemstart</translation>
        </message>
        <message>
            <source>syncing</source>
            <translation>gleicht ab</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>tomorrow</source>
            <translation>morgen</translation>
        </message>
        <message>
            <source>tried again in the next backup</source>
            <translation>neuer Versuch bei der nächsten Sicherung</translation>
        </message>
        <message>
            <source>tried again {when}</source>
            <translation>neuer Versuch {when}</translation>
        </message>
        <message numerus="yes">
            <source>tried {n:,} times</source>
            <translation>
                <numerusform>einmal versucht</numerusform>
                <numerusform>{n:,}-mal versucht</numerusform>
            </translation>
        </message>
        <message>
            <source>value in the keychain</source>
            <translation>Wert im Schlüsselbund</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>working</source>
            <translation>arbeitet</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
        <message>
            <source>{amount} so far …</source>
            <translation>bisher {amount} …</translation>
        </message>
        <message>
            <source>{day} {month}</source>
            <translation>{day}. {month}</translation>
        </message>
        <message>
            <source>{day} {month} {year}</source>
            <translation>{day}. {month} {year}</translation>
        </message>
        <message>
            <source>{day} {time}</source>
            <translation>{day} {time}</translation>
        </message>
        <message>
            <source>{done:,} of {known:,}</source>
            <translation>{done:,} von {known:,}</translation>
        </message>
        <message numerus="yes">
            <source>{done:,} of {n:,} photos backed up</source>
            <translation>
                <numerusform>{done:,} von {n:,} Foto gesichert</numerusform>
                <numerusform>{done:,} von {n:,} Fotos gesichert</numerusform>
            </translation>
        </message>
        <message>
            <source>{group} settings</source>
            <translation>Einstellungen: {group}</translation>
        </message>
        <message>
            <source>{length} long</source>
            <translation>Länge {length}</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} could not be backed up</source>
            <translation>
                <numerusform>{n:,} nicht gesichert</numerusform>
                <numerusform>{n:,} nicht gesichert</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} failed</source>
            <translation>
                <numerusform>{n:,} fehlgeschlagen</numerusform>
                <numerusform>{n:,} fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files chosen.</source>
            <translation>
                <numerusform>1 Datei ausgewählt.</numerusform>
                <numerusform>{n:,} Dateien ausgewählt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files failed</source>
            <translation>
                <numerusform>{n:,} Datei fehlgeschlagen</numerusform>
                <numerusform>{n:,} Dateien fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files ignored until changed. Undo it under “Ignored”.</source>
            <translation>
                <numerusform>1 Datei wird ignoriert, bis sie sich ändert. Rückgängig unter „Ignoriert“.</numerusform>
                <numerusform>{n:,} Dateien werden ignoriert, bis sie sich ändern. Rückgängig unter „Ignoriert“.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files no longer ignored: tried in the next backup.</source>
            <translation>
                <numerusform>1 Datei wird nicht mehr ignoriert: neuer Versuch bei der nächsten Sicherung.</numerusform>
                <numerusform>{n:,} Dateien werden nicht mehr ignoriert: neuer Versuch bei der nächsten Sicherung.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files or folders taken: their backup comes next.</source>
            <translation>
                <numerusform>1 Datei oder Ordner übernommen: wird als Nächstes gesichert.</numerusform>
                <numerusform>{n:,} Dateien oder Ordner übernommen: werden als Nächstes gesichert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files too many for one time; drop their folder instead.</source>
            <translation>
                <numerusform>1 Datei zu viel auf einmal; ziehen Sie stattdessen ihren Ordner hierher.</numerusform>
                <numerusform>{n:,} Dateien zu viel auf einmal; ziehen Sie stattdessen ihren Ordner hierher.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files tried again now.</source>
            <translation>
                <numerusform>1 Datei wird jetzt erneut versucht.</numerusform>
                <numerusform>{n:,} Dateien werden jetzt erneut versucht.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files written to {path}.</source>
            <translation>
                <numerusform>1 Datei in {path} geschrieben.</numerusform>
                <numerusform>{n:,} Dateien in {path} geschrieben.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} items</source>
            <translation>
                <numerusform>{n:,} Element</numerusform>
                <numerusform>{n:,} Elemente</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} items selected</source>
            <translation>
                <numerusform>{n:,} Element ausgewählt</numerusform>
                <numerusform>{n:,} Elemente ausgewählt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos and videos</source>
            <translation>
                <numerusform>{n:,} Foto oder Video</numerusform>
                <numerusform>{n:,} Fotos und Videos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos backed up</source>
            <translation>
                <numerusform>{n:,} Foto gesichert</numerusform>
                <numerusform>{n:,} Fotos gesichert</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos could not be backed up</source>
            <translation>
                <numerusform>{n:,} Foto nicht gesichert</numerusform>
                <numerusform>{n:,} Fotos nicht gesichert</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos could not be backed up.</source>
            <translation>
                <numerusform>{n:,} Foto konnte nicht gesichert werden.</numerusform>
                <numerusform>{n:,} Fotos konnten nicht gesichert werden.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos that were backed up and not deleted. Your files are still here; they are sent again when you say so: immich-tray upload-again --all</source>
            <translation>
                <numerusform>{n:,} Foto, das gesichert und nicht gelöscht wurde. Ihre Dateien sind noch hier; sie werden auf Wunsch erneut gesendet: immich-tray upload-again --all</numerusform>
                <numerusform>{n:,} Fotos, die gesichert und nicht gelöscht wurden. Ihre Dateien sind noch hier; sie werden auf Wunsch erneut gesendet: immich-tray upload-again --all</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos wait for the next backup</source>
            <translation>
                <numerusform>{n:,} Foto wartet auf die nächste Sicherung</numerusform>
                <numerusform>{n:,} Fotos warten auf die nächste Sicherung</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} photos were on the server already</source>
            <translation>
                <numerusform>{n:,} Foto war schon auf dem Server</numerusform>
                <numerusform>{n:,} Fotos waren schon auf dem Server</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} settings</source>
            <translation>
                <numerusform>{n:,} Einstellung</numerusform>
                <numerusform>{n:,} Einstellungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} waiting</source>
            <translation>
                <numerusform>{n:,} wartet</numerusform>
                <numerusform>{n:,} warten</numerusform>
            </translation>
        </message>
        <message>
            <source>{names} and {more:,} more</source>
            <translation>{names} und {more:,} weitere</translation>
        </message>
        <message>
            <source>{name} at {server}</source>
            <translation>{name} bei {server}</translation>
        </message>
        <message>
            <source>{name} has photos</source>
            <translation>{name} enthält Fotos</translation>
        </message>
        <message>
            <source>{name}, {percent} %</source>
            <translation>{name}, {percent} %</translation>
        </message>
        <message>
            <source>{path} does not exist.</source>
            <translation>{path} gibt es nicht.</translation>
        </message>
        <message>
            <source>{path} is in the list already.</source>
            <translation>{path} ist schon in der Liste.</translation>
        </message>
        <message>
            <source>{path} is no file of this computer.</source>
            <translation>{path} ist keine Datei dieses Computers.</translation>
        </message>
        <message>
            <source>{path} is no folder.</source>
            <translation>{path} ist kein Ordner.</translation>
        </message>
        <message>
            <source>{path} lies within another folder of the list.</source>
            <translation>{path} liegt in einem anderen Ordner der Liste.</translation>
        </message>
        <message>
            <source>{percent} % done</source>
            <translation>{percent} % fertig</translation>
        </message>
        <message>
            <source>{place} is not backed up yet.</source>
            <translation>{place} wird noch nicht gesichert.</translation>
        </message>
        <message>
            <source>{place} shows a certificate with this SHA-256 fingerprint:</source>
            <translation>{place} zeigt ein Zertifikat mit diesem SHA-256-Fingerabdruck:</translation>
        </message>
        <message>
            <source>{seconds:.0f} s</source>
            <translation>{seconds:.0f} s</translation>
        </message>
        <message>
            <source>{server}. Signed in with {method}.</source>
            <translation>{server}. Angemeldet mit {method}.</translation>
        </message>
        <message>
            <source>{site} runs Immich {version}.</source>
            <translation>Auf {site} läuft Immich {version}.</translation>
        </message>
        <message>
            <source>{title}, number</source>
            <translation>{title}, Zahl</translation>
        </message>
        <message>
            <source>{title}: choose a file</source>
            <translation>{title}: Datei auswählen</translation>
        </message>
        <message>
            <source>{title}: from</source>
            <translation>{title}: von</translation>
        </message>
        <message>
            <source>{title}: to</source>
            <translation>{title}: bis</translation>
        </message>
        <message>
            <source>{used} of {quota} used</source>
            <translation>{used} von {quota} belegt</translation>
        </message>
        <message>
            <source>{used} used, no limit</source>
            <translation>{used} belegt, unbegrenzt</translation>
        </message>
        <message>
            <source>“{name}”</source>
            <translation>„{name}“</translation>
        </message>
    </context>
</TS>
