<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>KeyboardGrab</name>
    <message>
        <source>This desktop lets no program take the whole keyboard (its Wayland compositor does not offer keyboard-shortcuts-inhibit). Send these keys from the menu.</source>
        <translation>Dieser Desktop lässt kein Programm die ganze Tastatur nehmen (sein Wayland-Compositor bietet keyboard-shortcuts-inhibit nicht an). Senden Sie diese Tasten über das Menü.</translation>
    </message>
    <message>
        <source>This display (%1) can&apos;t give the whole keyboard to one window.</source>
        <translation>Diese Anzeige (%1) kann die ganze Tastatur nicht einem Fenster geben.</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Somebody else was at this screen:</source>
        <translation>Jemand anders war an diesem Bildschirm:</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Verbinden …</translation>
    </message>
    <message>
        <source>Shared, both see it and both can type. Taking over disconnects the other.</source>
        <translation>Geteilt sehen ihn beide und beide können tippen. Übernehmen trennt den anderen.</translation>
    </message>
    <message>
        <source>The screen serves one client at a time: taking over disconnects the other.</source>
        <translation>Der Bildschirm bedient nur einen Betrachter: Übernehmen trennt den anderen.</translation>
    </message>
    <message>
        <source>Somebody else took over this screen</source>
        <translation>Jemand anders hat diesen Bildschirm übernommen</translation>
    </message>
    <message>
        <source>Somebody else is at this screen</source>
        <translation>Jemand anders ist an diesem Bildschirm</translation>
    </message>
</context>
<context>
    <name>console::ConsoleCard</name>
    <message>
        <source>The console could not be reached.</source>
        <translation>Die Konsole war nicht zu erreichen.</translation>
    </message>
    <message>
        <source>The server refused the password.</source>
        <translation>Der Server hat das Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was not accepted.</source>
        <translation>Das Zertifikat des Servers wurde nicht anerkannt.</translation>
    </message>
    <message>
        <source>The server ended the connection.</source>
        <translation>Der Server hat die Verbindung beendet.</translation>
    </message>
    <message>
        <source>A console serves one client at a time.</source>
        <translation>Eine Konsole bedient nur einen Klienten auf einmal.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>This kind of screen can&apos;t be shown.</source>
        <translation>Diese Art Bildschirm lässt sich nicht anzeigen.</translation>
    </message>
    <message>
        <source>The console&apos;s own process answered nonsense.</source>
        <translation>Der Prozess der Konsole hat Unsinn geantwortet.</translation>
    </message>
    <message>
        <source>The program virtdeck-console could not be started. Is VirtDeck installed completely?</source>
        <translation>Das Programm virtdeck-console ließ sich nicht starten. Ist VirtDeck vollständig installiert?</translation>
    </message>
    <message>
        <source>The console&apos;s own process crashed, and again after a restart. The machine is not affected.</source>
        <translation>Der Prozess der Konsole ist abgestürzt, und nach einem Neustart noch einmal. Die Maschine ist nicht betroffen.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde…</translation>
    </message>
    <message>
        <source>The machine is off</source>
        <translation>Die Maschine ist aus</translation>
    </message>
    <message>
        <source>Its screen appears here when it is started.</source>
        <translation>Ihr Bildschirm erscheint hier, sobald sie gestartet wird.</translation>
    </message>
    <message>
        <source>Another client took over this console</source>
        <translation>Ein anderer Klient hat diese Konsole übernommen</translation>
    </message>
    <message>
        <source>Take it &amp;back</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>&amp;Neu verbinden</translation>
    </message>
    <message>
        <source>The console crashed</source>
        <translation>Die Konsole ist abgestürzt</translation>
    </message>
    <message>
        <source>The server closed the screen, but not the rest of the connection. Most likely the machine&apos;s display uses 3D acceleration (OpenGL), which SPICE shows only on the machine&apos;s own host. Open it there, switch off OpenGL of its display, or use VNC or the serial console.</source>
        <translation>Der Server hat den Bildschirm geschlossen, nicht aber den Rest der Verbindung. Wahrscheinlich nutzt die Anzeige der Maschine 3D-Beschleunigung (OpenGL), die SPICE nur auf dem eigenen Host der Maschine zeigt. Öffnen Sie die Konsole dort, schalten Sie OpenGL ihrer Anzeige aus, oder nehmen Sie VNC oder die serielle Konsole.</translation>
    </message>
    <message>
        <source>The server sent what makes no sense, so VirtDeck has ended the connection. The machine is not affected.</source>
        <translation>Der Server hat Unsinniges gesendet, daher hat VirtDeck die Verbindung beendet. Die Maschine ist davon nicht betroffen.</translation>
    </message>
</context>
<context>
    <name>console::ConsoleView</name>
    <message>
        <source>Screen of the machine</source>
        <translation>Bildschirm der Maschine</translation>
    </message>
    <message>
        <source>Keys and pointer go to the machine. Press Ctrl+Alt, and nothing else, to leave.</source>
        <translation>Tasten und Zeiger gehen an die Maschine. Strg+Alt allein führt zurück.</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>Warte auf das Bild…</translation>
    </message>
    <message>
        <source>The machine has turned its screen off</source>
        <translation>Die Maschine hat ihren Bildschirm abgeschaltet</translation>
    </message>
    <message>
        <source>The machine has the pointer. Press Ctrl+Alt to get it back.</source>
        <translation>Die Maschine hat den Zeiger. Strg+Alt holt ihn zurück.</translation>
    </message>
    <message>
        <source>The machine does not answer</source>
        <translation>Die Maschine antwortet nicht</translation>
    </message>
    <message>
        <source>Its server takes no input. What you see may be old.</source>
        <translation>Ihr Server nimmt keine Eingaben an. Was Sie sehen, ist vielleicht veraltet.</translation>
    </message>
    <message>
        <source>The machine does not use this display</source>
        <translation>Die Maschine benutzt diesen Bildschirm nicht</translation>
    </message>
    <message>
        <source>The machine has the whole keyboard. Press Ctrl+Alt to get it back.</source>
        <translation>Die Maschine hat die ganze Tastatur. Strg+Alt holt sie zurück.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Verbunden.</translation>
    </message>
    <message>
        <source>The machine&apos;s keyboard has no keys for: %1</source>
        <translation>Die Tastatur der Maschine hat keine Tasten für: %1</translation>
    </message>
    <message>
        <source>The machine rang its bell.</source>
        <translation>Die Maschine hat geklingelt.</translation>
    </message>
    <message>
        <source>Press Tab to get to the button.</source>
        <translation>Mit der Tabulatortaste gelangen Sie zur Schaltfläche.</translation>
    </message>
    <message>
        <source>Keys and pointer do not go to the machine. Press Tab to leave.</source>
        <translation>Tasten und Zeiger gehen nicht an die Maschine. Die Tabulatortaste führt weiter.</translation>
    </message>
    <message>
        <source>This computer has its keys back. Click to give the machine the whole keyboard.</source>
        <translation>Dieser Rechner hat seine Tasten zurück. Ein Klick gibt der Maschine die ganze Tastatur.</translation>
    </message>
</context>
<context>
    <name>console::TerminalPanel</name>
    <message>
        <source>Serial console</source>
        <translation>Serielle Konsole</translation>
    </message>
    <message>
        <source>Find in the terminal</source>
        <translation>Im Terminal suchen</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Neu verbinden</translation>
    </message>
    <message>
        <source>The serial port can&apos;t be reached: %1</source>
        <translation>Die serielle Schnittstelle ist nicht zu erreichen: %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n line(s)? The guest may carry out each of them at once.</source>
        <translation>
            <numerusform>%n Zeile einfügen? Der Gast führt sie vielleicht sofort aus.</numerusform>
            <numerusform>%n Zeilen einfügen? Der Gast führt vielleicht jede davon sofort aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write what the serial port says to a file</source>
        <translation>In eine Datei schreiben, was die serielle Schnittstelle sagt</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>The serial port was closed: the machine is off, somebody else took it over, or the connection to its host broke.</source>
        <translation>Die serielle Schnittstelle wurde geschlossen: Die Maschine ist aus, jemand anders hat sie übernommen, oder die Verbindung zu ihrem Host ist abgebrochen.</translation>
    </message>
    <message>
        <source>The log has ended: it is as large as a log may be. Write another one to go on.</source>
        <translation>Das Protokoll ist zu Ende: Es ist so groß, wie eines sein darf. Für das Weitere ein neues beginnen.</translation>
    </message>
    <message>
        <source>The log has ended, for it can&apos;t be written: %1</source>
        <translation>Das Protokoll ist zu Ende, denn es lässt sich nicht schreiben: %1</translation>
    </message>
</context>
<context>
    <name>console::TerminalView</name>
    <message>
        <source>Copy	Ctrl+Shift+C</source>
        <translation>Kopieren	Strg+Umschalt+C</translation>
    </message>
    <message>
        <source>Paste	Ctrl+Shift+V</source>
        <translation>Einfügen	Strg+Umschalt+V</translation>
    </message>
    <message>
        <source>Select all	Ctrl+Shift+A</source>
        <translation>Alles auswählen	Strg+Umschalt+A</translation>
    </message>
    <message>
        <source>Find…	Ctrl+Shift+F</source>
        <translation>Suchen…	Strg+Umschalt+F</translation>
    </message>
    <message>
        <source>Keys go to the machine. Press Ctrl+Alt, and nothing else, to leave.</source>
        <translation>Tasten gehen an die Maschine. Strg+Alt, und nichts sonst, führt hinaus.</translation>
    </message>
</context>
<context>
    <name>ui::AboutDialog</name>
    <message>
        <source>About VirtDeck</source>
        <translation>Über VirtDeck</translation>
    </message>
    <message>
        <source>Version %1, Qt %2</source>
        <translation>Version %1, Qt %2</translation>
    </message>
    <message>
        <source>Runs virtual machines on this computer and on any number of other hosts.</source>
        <translation>Betreibt virtuelle Maschinen auf diesem Computer und auf beliebig vielen anderen Hosts.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes with no warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer. Ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ui::AddConnectionDialog</name>
    <message>
        <source>Add connection</source>
        <translation>Verbindung hinzufügen</translation>
    </message>
    <message>
        <source>Address of the host</source>
        <translation>Adresse des Hosts</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Address of the host</source>
        <translation>&amp;Adresse des Hosts</translation>
    </message>
    <message>
        <source>Type an address or choose one.</source>
        <translation>Geben Sie eine Adresse ein oder wählen Sie eine aus.</translation>
    </message>
    <message>
        <source>Not an address yet: %1</source>
        <translation>Noch keine Adresse: %1</translation>
    </message>
    <message>
        <source>This host is connected already.</source>
        <translation>Dieser Host ist schon verbunden.</translation>
    </message>
    <message>
        <source>Runs machines on this computer, without any service or special right.</source>
        <translation>Betreibt Maschinen auf diesem Computer, ohne Dienst und ohne besondere Rechte.</translation>
    </message>
    <message>
        <source>Runs machines on this computer; they are kept in %1.</source>
        <translation>Betreibt Maschinen auf diesem Computer; sie liegen in %1.</translation>
    </message>
    <message>
        <source>Connects to libvirt on this computer.</source>
        <translation>Verbindet mit libvirt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Connects to %1 through libvirt. A password is asked for if one is needed; it is never part of the address.</source>
        <translation>Verbindet über libvirt mit %1. Ein Passwort wird erfragt, falls nötig; in die Adresse gehört es nie.</translation>
    </message>
    <message>
        <source>Runs machines on %1, where VirtDeck is installed, through ssh. Nothing has to run or listen there but sshd.</source>
        <translation>Führt Maschinen auf %1 aus, wo VirtDeck installiert ist, über ssh. Dort muss außer sshd nichts laufen oder lauschen.</translation>
    </message>
    <message>
        <source>VirtDeck&apos;s own machines on this computer</source>
        <translation>VirtDecks eigene Maschinen auf diesem Rechner</translation>
    </message>
    <message>
        <source>VirtDeck&apos;s own machines on another computer (ssh)</source>
        <translation>VirtDecks eigene Maschinen auf einem anderen Rechner (ssh)</translation>
    </message>
    <message>
        <source>QEMU/KVM through libvirt</source>
        <translation>QEMU/KVM über libvirt</translation>
    </message>
    <message>
        <source>QEMU/KVM through libvirt, the user&apos;s own</source>
        <translation>QEMU/KVM über libvirt, die des Benutzers</translation>
    </message>
    <message>
        <source>Xen through libvirt</source>
        <translation>Xen über libvirt</translation>
    </message>
    <message>
        <source>LXC containers through libvirt</source>
        <translation>LXC-Container über libvirt</translation>
    </message>
    <message>
        <source>VMware ESX or ESXi</source>
        <translation>VMware ESX oder ESXi</translation>
    </message>
    <message>
        <source>VMware vCenter</source>
        <translation>VMware vCenter</translation>
    </message>
    <message>
        <source>libvirt&apos;s test driver (invented machines)</source>
        <translation>libvirts Testtreiber (erfundene Maschinen)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>By its address</source>
        <translation>Über die Adresse</translation>
    </message>
    <message>
        <source>ssh</source>
        <translation>ssh</translation>
    </message>
    <message>
        <source>TLS, with certificates</source>
        <translation>TLS, mit Zertifikaten</translation>
    </message>
    <message>
        <source>TCP, not encrypted</source>
        <translation>TCP, unverschlüsselt</translation>
    </message>
    <message>
        <source>name or address; empty for this computer</source>
        <translation>Name oder Adresse; leer für diesen Rechner</translation>
    </message>
    <message>
        <source>as ssh or the host has it</source>
        <translation>wie ssh oder der Host es vorgibt</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>C&amp;omputer</source>
        <translation>&amp;Rechner</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>&amp;Path to the host</source>
        <translation>&amp;Pfad zum Host</translation>
    </message>
    <message>
        <source>Reached &amp;by</source>
        <translation>&amp;Erreicht über</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Die Verbindung testen</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde…</translation>
    </message>
    <message numerus="yes">
        <source>It works: %1 on %2, %n machine(s), after %3 s.</source>
        <translation>
            <numerusform>Es klappt: %1 auf %2, %n Maschine, nach %3 s.</numerusform>
            <numerusform>Es klappt: %1 auf %2, %n Maschinen, nach %3 s.</numerusform>
        </translation>
    </message>
    <message>
        <source>Say which computer it is on.</source>
        <translation>Geben Sie an, auf welchem Rechner.</translation>
    </message>
    <message>
        <source>No hypervisor is known by that name. Choose its kind above.</source>
        <translation>Unter diesem Namen ist kein Hypervisor bekannt. Wählen Sie oben seine Art.</translation>
    </message>
    <message>
        <source>Path to the host</source>
        <translation>Pfad zum Host</translation>
    </message>
    <message>
        <source>datacenter/cluster/host; Test lists them</source>
        <translation>Rechenzentrum/Cluster/Host; „Testen“ listet sie auf</translation>
    </message>
</context>
<context>
    <name>ui::AddDeviceDialog</name>
    <message>
        <source>Add device</source>
        <translation>Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Plug it in at once</source>
        <translation>Gleich einstecken</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;Wann</translation>
    </message>
    <message>
        <source>This kind of device can&apos;t be plugged into a running machine here.</source>
        <translation>Geräte dieser Art lassen sich hier nicht in eine laufende Maschine einstecken.</translation>
    </message>
    <message>
        <source>The machine is off.</source>
        <translation>Die Maschine ist aus.</translation>
    </message>
    <message>
        <source>Choose the image of the disk.</source>
        <translation>Wählen Sie das Abbild der Platte.</translation>
    </message>
    <message>
        <source>A path must begin with a slash: %1</source>
        <translation>Ein Pfad muss mit einem Schrägstrich beginnen: %1</translation>
    </message>
    <message>
        <source>Name the network.</source>
        <translation>Nennen Sie das Netzwerk.</translation>
    </message>
    <message>
        <source>Name the bridge.</source>
        <translation>Nennen Sie die Bridge.</translation>
    </message>
    <message>
        <source>Give vendor and product as lsusb tells them, such as 0x046d.</source>
        <translation>Geben Sie Hersteller und Produkt an, wie lsusb sie nennt, etwa 0x046d.</translation>
    </message>
    <message>
        <source>The machine has a TPM already.</source>
        <translation>Die Maschine hat schon ein TPM.</translation>
    </message>
    <message>
        <source>The running machine gets it at once, and keeps it.</source>
        <translation>Die laufende Maschine erhält es sofort und behält es.</translation>
    </message>
    <message>
        <source>It is added to what will be stored; the machine has it from its next start on.</source>
        <translation>Es wird mit dem Übrigen gespeichert; die Maschine hat es ab ihrem nächsten Start.</translation>
    </message>
    <message>
        <source>It is added to what will be stored when you apply the changes.</source>
        <translation>Es wird mit dem Übrigen gespeichert, wenn Sie die Änderungen anwenden.</translation>
    </message>
    <message>
        <source>Choose the folder of the host: its path begins with a slash.</source>
        <translation>Den Ordner des Hosts wählen: Sein Pfad beginnt mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Say where the container mounts it: a path that begins with a slash.</source>
        <translation>Angeben, wo der Container ihn einhängt: ein Pfad, der mit einem Schrägstrich beginnt.</translation>
    </message>
    <message>
        <source>Give the name by which the guest mounts it.</source>
        <translation>Den Namen angeben, unter dem der Gast ihn einhängt.</translation>
    </message>
    <message>
        <source>virtiofs can&apos;t be read-only: use 9p for that.</source>
        <translation>virtiofs kann nicht schreibgeschützt sein: Dafür ist 9p da.</translation>
    </message>
    <message>
        <source>Another folder is mounted as %1.</source>
        <translation>Ein anderer Ordner ist als %1 eingehängt.</translation>
    </message>
    <message>
        <source>Give the path of the file or socket: it begins with a slash.</source>
        <translation>Den Pfad der Datei oder des Sockets angeben: Er beginnt mit einem Schrägstrich.</translation>
    </message>
</context>
<context>
    <name>ui::AppMenu</name>
    <message>
        <source>Dense rows</source>
        <translation>Enge Zeilen</translation>
    </message>
    <message>
        <source>About VirtDeck</source>
        <translation>Über VirtDeck</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the window; machines go on running</source>
        <translation>Das Fenster schließen; die Maschinen laufen weiter</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes at the next start</source>
        <translation>Die Sprache wechselt beim nächsten Start</translation>
    </message>
    <message>
        <source>Close the window and open it again to see everything in the new language. Machines go on running meanwhile.</source>
        <translation>Schließen Sie das Fenster und öffnen Sie es wieder, um alles in der neuen Sprache zu sehen. Die Maschinen laufen derweil weiter.</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>Jetzt schließen</translation>
    </message>
    <message>
        <source>Appearance: %1</source>
        <translation>Erscheinungsbild: %1</translation>
    </message>
</context>
<context>
    <name>ui::BackupDialogs</name>
    <message>
        <source>The name of a checkpoint has letters from A to Z, digits and _-. alone, and does not begin with a dot.</source>
        <translation>Der Name eines Prüfpunkts besteht nur aus Buchstaben von A bis Z, Ziffern und _-. und beginnt nicht mit einem Punkt.</translation>
    </message>
    <message>
        <source>The machine has a checkpoint of that name.</source>
        <translation>Die Maschine hat schon einen Prüfpunkt dieses Namens.</translation>
    </message>
    <message>
        <source>What changed since %1</source>
        <translation>Was sich seit %1 geändert hat</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Writes a qcow2 file for each disk (%1) while the machine goes on; they hold the disks of this moment.</source>
        <translation>Schreibt für jede Platte eine qcow2-Datei (%1), während die Maschine weiterläuft; sie halten die Platten dieses Augenblicks fest.</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>ZEIT</translation>
    </message>
    <message>
        <source>They need those of %1, which they stand on if they are in this folder.</source>
        <translation>Sie brauchen die von %1 und bauen auf ihnen auf, wenn sie in diesem Ordner liegen.</translation>
    </message>
    <message>
        <source>Without a checkpoint the next backup takes everything again.</source>
        <translation>Ohne Prüfpunkt nimmt die nächste Sicherung wieder alles.</translation>
    </message>
    <message>
        <source>Back up %1</source>
        <translation>%1 sichern</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>&amp;Folder on the host</source>
        <translation>&amp;Ordner auf dem Host</translation>
    </message>
    <message>
        <source>&amp;Take</source>
        <translation>&amp;Umfang</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>&amp;New checkpoint</source>
        <translation>&amp;Neuer Prüfpunkt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>The disks note what is written from this moment on, so that the next backup can take that alone.</source>
        <translation>Die Platten merken sich von diesem Augenblick an, was geschrieben wird, sodass die nächste Sicherung nur das zu nehmen braucht.</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>&amp;Have the guest write all first</source>
        <translation>Den &amp;Gast erst alles schreiben lassen</translation>
    </message>
    <message>
        <source>Needs the agent in the guest; fails if there is none.</source>
        <translation>Braucht den Agenten im Gast; schlägt fehl, wenn es keinen gibt.</translation>
    </message>
    <message>
        <source>Give the path of a folder of the host, from the root on.</source>
        <translation>Geben Sie den Pfad eines Ordners des Hosts an, von der Wurzel an.</translation>
    </message>
    <message>
        <source>New checkpoint of %1</source>
        <translation>Neuer Prüfpunkt von %1</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>Give the checkpoint a name.</source>
        <translation>Geben Sie dem Prüfpunkt einen Namen.</translation>
    </message>
    <message>
        <source>From now on the qcow2 disks note what is written to them. It keeps no data: a full backup of this moment has to be made by other means, or together with the checkpoint (Back up).</source>
        <translation>Von jetzt an merken sich die qcow2-Platten, was auf sie geschrieben wird. Daten bewahrt er nicht auf: Eine volle Sicherung dieses Augenblicks muss auf anderem Weg oder zusammen mit dem Prüfpunkt (Sichern) entstehen.</translation>
    </message>
    <message>
        <source>Delete checkpoint %1?</source>
        <translation>Prüfpunkt %1 löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>With what the disks noted</source>
        <translation>Mit dem, was die Platten sich gemerkt haben</translation>
    </message>
    <message>
        <source>Its entry alone</source>
        <translation>Nur seinen Eintrag</translation>
    </message>
    <message>
        <source>No backup can be made since then any more. Those since the other checkpoints can.</source>
        <translation>Seit damals kann dann nicht mehr gesichert werden, seit den anderen Prüfpunkten schon.</translation>
    </message>
    <message>
        <source>libvirt forgets the checkpoint; what the disk images keep of it stays in them, and its name can&apos;t be used again.</source>
        <translation>libvirt vergisst den Prüfpunkt; was die Abbilder von ihm enthalten, bleibt in ihnen, und sein Name kann nicht noch einmal verwendet werden.</translation>
    </message>
    <message>
        <source>The rest can only be deleted while the machine runs.</source>
        <translation>Der Rest kann nur gelöscht werden, während die Maschine läuft.</translation>
    </message>
</context>
<context>
    <name>ui::BackupsTab</name>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Prüfpunkte</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Prüfpunkt</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>Seither geändert</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>Back up since…</source>
        <translation>Sichern seit …</translation>
    </message>
    <message>
        <source>Back up what changed since the checkpoint</source>
        <translation>Sichern, was sich seit dem Prüfpunkt geändert hat</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>No checkpoints</source>
        <translation>Keine Prüfpunkte</translation>
    </message>
    <message>
        <source>A backup takes the disks of a running machine as they are at one moment. With a checkpoint of that moment, the next one can take what changed since then alone.</source>
        <translation>Eine Sicherung nimmt die Platten einer laufenden Maschine, wie sie in einem Augenblick sind. Mit einem Prüfpunkt dieses Augenblicks kann die nächste nur das nehmen, was sich seitdem geändert hat.</translation>
    </message>
    <message>
        <source>Select a checkpoint first.</source>
        <translation>Wählen Sie zuerst einen Prüfpunkt aus.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>told while the machine runs</source>
        <translation>bekannt, während die Maschine läuft</translation>
    </message>
</context>
<context>
    <name>ui::CloneDialog</name>
    <message>
        <source>Clone %1</source>
        <translation>%1 klonen</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>Klonen</translation>
    </message>
    <message>
        <source>&amp;Start it when it is there</source>
        <translation>&amp;Starten, sobald er da ist</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Copies all disks. It takes a while and as much room, and stands alone.</source>
        <translation>Kopiert alle Platten. Das dauert und braucht ebenso viel Platz; der Klon steht für sich.</translation>
    </message>
    <message>
        <source>Keeps only what differs from the original. It is there at once and small; the original can&apos;t be changed or removed while it exists.</source>
        <translation>Hält nur, was vom Original abweicht. Er ist sofort da und klein; das Original kann nicht geändert oder entfernt werden, solange es ihn gibt.</translation>
    </message>
    <message>
        <source>Runs within a moment, as a twin of a running template; memory is shared until it is written to.</source>
        <translation>Läuft im Nu, als Zwilling einer laufenden Vorlage; der Arbeitsspeicher wird geteilt, bis er beschrieben wird.</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Only a template that was made of a running machine has instant clones.</source>
        <translation>Nur eine Vorlage, die aus einer laufenden Maschine gemacht wurde, hat Sofortklone.</translation>
    </message>
    <message>
        <source>Switch the machine off first: its disks change while it runs.</source>
        <translation>Schalten Sie die Maschine erst aus: ihre Platten ändern sich, während sie läuft.</translation>
    </message>
    <message>
        <source>An instant clone always runs.</source>
        <translation>Ein Sofortklon läuft immer.</translation>
    </message>
    <message>
        <source>Makes %1 with an identity of its own: UUID and MAC addresses are new.</source>
        <translation>Legt %1 mit eigener Identität an: UUID und MAC-Adressen sind neu.</translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Search or command</source>
        <translation>Suche oder Befehl</translation>
    </message>
    <message>
        <source>Name of a machine, or a command</source>
        <translation>Name einer Maschine oder ein Befehl</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>ui::ConfirmDialog</name>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ui::ConnectionFiles</name>
    <message>
        <source>The connection file could not be deleted, as it asks for.</source>
        <translation>Die Verbindungsdatei ließ sich nicht löschen, obwohl sie darum bittet.</translation>
    </message>
    <message>
        <source>Of the connection file, not followed: %1</source>
        <translation>Aus der Verbindungsdatei nicht befolgt: %1</translation>
    </message>
    <message>
        <source>Connection file</source>
        <translation>Verbindungsdatei</translation>
    </message>
    <message>
        <source>Open a connection file</source>
        <translation>Verbindungsdatei öffnen</translation>
    </message>
    <message>
        <source>Connection files (%1)</source>
        <translation>Verbindungsdateien (%1)</translation>
    </message>
    <message>
        <source>Save a connection file</source>
        <translation>Verbindungsdatei sichern</translation>
    </message>
    <message>
        <source>This screen has no address of its own: VirtDeck makes the way to it.</source>
        <translation>Dieser Bildschirm hat keine eigene Adresse: Den Weg zu ihm baut VirtDeck.</translation>
    </message>
</context>
<context>
    <name>ui::Consequences</name>
    <message>
        <source>None of the selected machines is in a state for that.</source>
        <translation>Keine der ausgewählten Maschinen ist in einem Zustand dafür.</translation>
    </message>
    <message>
        <source>%1: %2 on %3</source>
        <translation>%1: %2 auf %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is an action (&quot;Start&quot;), %2 is &quot;12 machines&quot;</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Shut down %1?</source>
        <translation>%1 herunterfahren?</translation>
    </message>
    <message>
        <source>Reset %1?</source>
        <translation>%1 zurücksetzen?</translation>
    </message>
    <message>
        <source>Force off %1?</source>
        <translation>%1 hart ausschalten?</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>The guests are asked to shut down; one may ignore that.</source>
        <translation>Die Gäste werden gebeten herunterzufahren; ein Gast kann das überhören.</translation>
    </message>
    <message>
        <source>It restarts at once, as if the reset button was pressed. What the guest has not written to its disks is lost.</source>
        <translation>Sie startet sofort neu, als hätte jemand die Reset-Taste gedrückt. Was der Gast noch nicht auf seine Platten geschrieben hat, ist verloren.</translation>
    </message>
    <message>
        <source>It stops at once, as if the plug was pulled. What the guest has not written to its disks is lost.</source>
        <translation>Sie ist sofort aus, als hätte jemand den Stecker gezogen. Was der Gast noch nicht auf seine Platten geschrieben hat, ist verloren.</translation>
    </message>
    <message>
        <source>The definition is removed from the host. This can&apos;t be undone.</source>
        <translation>Die Definition wird vom Host entfernt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Disk is deleted: %1</source>
        <translation>Platte wird gelöscht: %1</translation>
    </message>
    <message>
        <source>Disk is kept: %1</source>
        <extracomment>%1 is the path of a disk image</extracomment>
        <translation>Platte bleibt erhalten: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln host(s)</source>
        <translation>
            <numerusform>%Ln Host</numerusform>
            <numerusform>%Ln Hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, not in a state for it</source>
        <translation>
            <numerusform>%Ln ausgelassen, nicht im Zustand dafür</numerusform>
            <numerusform>%Ln ausgelassen, nicht im Zustand dafür</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shut down %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine herunterfahren?</numerusform>
            <numerusform>%Ln Maschinen herunterfahren?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reset %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine zurücksetzen?</numerusform>
            <numerusform>%Ln Maschinen zurücksetzen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Force off %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine hart ausschalten?</numerusform>
            <numerusform>%Ln Maschinen hart ausschalten?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine entfernen?</numerusform>
            <numerusform>%Ln Maschinen entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reboot %1?</source>
        <translation>%1 neu starten?</translation>
    </message>
    <message numerus="yes">
        <source>Reboot %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine neu starten?</numerusform>
            <numerusform>%Ln Maschinen neu starten?</numerusform>
        </translation>
    </message>
    <message>
        <source>Save %1?</source>
        <translation>%1 sichern?</translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln machine(s)?</source>
        <translation>
            <numerusform>%Ln Maschine sichern?</numerusform>
            <numerusform>%Ln Maschinen sichern?</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard the saved memory of %1?</source>
        <translation>Den gesicherten Speicher von %1 verwerfen?</translation>
    </message>
    <message numerus="yes">
        <source>Discard the saved memory of %Ln machine(s)?</source>
        <translation>
            <numerusform>Den gesicherten Speicher von %Ln Maschine verwerfen?</numerusform>
            <numerusform>Den gesicherten Speicher von %Ln Maschinen verwerfen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The guests are asked to restart; one may ignore that.</source>
        <translation>Die Gäste werden gebeten, neu zu starten; ein Gast kann das überhören.</translation>
    </message>
    <message>
        <source>Their memory is written to disk, then they are switched off. The next start goes on from there.</source>
        <translation>Ihr Arbeitsspeicher wird auf die Platte geschrieben, dann werden sie ausgeschaltet. Der nächste Start macht dort weiter.</translation>
    </message>
    <message>
        <source>What the guest was doing when it was saved is lost; the next start boots it, as after a power cut.</source>
        <translation>Was der Gast beim Sichern tat, geht verloren; der nächste Start fährt ihn hoch wie nach einem Stromausfall.</translation>
    </message>
    <message>
        <source>The machine moves to the trash of its host, with the disks that were made for it. It can be brought back from there.</source>
        <translation>Die Maschine kommt mit den Platten, die für sie angelegt wurden, in den Papierkorb ihres Hosts. Von dort lässt sie sich zurückholen.</translation>
    </message>
    <message>
        <source>Disk goes to the trash: %1</source>
        <translation>Platte kommt in den Papierkorb: %1</translation>
    </message>
    <message>
        <source>Delete disk images for good, too:</source>
        <translation>Auch Datenträgerabbilder endgültig löschen:</translation>
    </message>
    <message>
        <source>The hosts of the selected machines are not connected. Select a host to see why, and choose “Connect again”.</source>
        <translation>Die Hosts der gewählten Maschinen sind nicht verbunden. Wählen Sie einen Host, um den Grund zu sehen, und dann „Neu verbinden“.</translation>
    </message>
    <message>
        <source>The hosts of the selected machines don&apos;t offer that.</source>
        <translation>Die Hosts der gewählten Maschinen bieten das nicht.</translation>
    </message>
    <message>
        <source>None of the selected machines can do that now: it is not in a state for it, or its host is not connected or does not offer it.</source>
        <translation>Mit keiner der gewählten Maschinen geht das jetzt: Sie ist nicht in einem Zustand dafür, oder ihr Host ist nicht verbunden oder bietet es nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, not offered by the host</source>
        <translation>
            <numerusform>%Ln ausgelassen, vom Host nicht geboten</numerusform>
            <numerusform>%Ln ausgelassen, vom Host nicht geboten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, the host is not connected</source>
        <translation>
            <numerusform>%Ln ausgelassen, der Host ist nicht verbunden</numerusform>
            <numerusform>%Ln ausgelassen, der Host ist nicht verbunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConsoleDevices</name>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>&amp;Stumm</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>&amp;Volume</source>
        <translation>&amp;Lautstärke</translation>
    </message>
    <message>
        <source>Let the guest &amp;listen</source>
        <translation>Den Gast &amp;mithören lassen</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>Geteilter Ordner</translation>
    </message>
    <message>
        <source>&amp;Share a folder…</source>
        <translation>Einen Ordner &amp;teilen…</translation>
    </message>
    <message>
        <source>The guest may only &amp;read</source>
        <translation>Der Gast darf nur &amp;lesen</translation>
    </message>
    <message>
        <source>S&amp;top sharing</source>
        <translation>Nicht &amp;mehr teilen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The machine has no sound card, or its console carries no sound</source>
        <translation>Die Maschine hat keine Soundkarte, oder ihre Konsole überträgt keinen Ton</translation>
    </message>
    <message>
        <source>Not heard: %1</source>
        <translation>Nicht zu hören: %1</translation>
    </message>
    <message>
        <source>Can&apos;t listen: %1</source>
        <translation>Mithören nicht möglich: %1</translation>
    </message>
    <message>
        <source>The guest is playing sound</source>
        <translation>Der Gast spielt Ton ab</translation>
    </message>
    <message>
        <source>The guest is silent</source>
        <translation>Der Gast ist still</translation>
    </message>
    <message>
        <source>The guest may listen to your microphone</source>
        <translation>Der Gast darf Ihr Mikrofon hören</translation>
    </message>
    <message>
        <source>Microphone on</source>
        <translation>Mikrofon an</translation>
    </message>
    <message>
        <source>The machine has no microphone</source>
        <translation>Die Maschine hat kein Mikrofon</translation>
    </message>
    <message>
        <source>USB (%1)</source>
        <translation>USB (%1)</translation>
    </message>
    <message>
        <source>Give USB devices of this computer to the guest</source>
        <translation>Dem Gast USB-Geräte dieses Rechners geben</translation>
    </message>
    <message>
        <source>The machine has no USB redirection channel. Add one in its hardware.</source>
        <translation>Die Maschine hat keinen Kanal für USB-Umleitung. Fügen Sie ihn bei ihrer Hardware hinzu.</translation>
    </message>
    <message>
        <source>Shares “%1”</source>
        <translation>Teilt „%1“</translation>
    </message>
    <message>
        <source>No folder is shared</source>
        <translation>Kein Ordner wird geteilt</translation>
    </message>
    <message>
        <source>The guest sees %1</source>
        <translation>Der Gast sieht %1</translation>
    </message>
    <message>
        <source>Shared, but no service in the guest asks for it (spice-webdavd)</source>
        <translation>Geteilt, aber kein Dienst im Gast fragt danach (spice-webdavd)</translation>
    </message>
    <message>
        <source>The machine has no channel for folders. Add a channel of type spiceport named org.spice-space.webdav.0 in its hardware.</source>
        <translation>Die Maschine hat keinen Kanal für Ordner. Fügen Sie bei ihrer Hardware einen Kanal der Art spiceport mit dem Namen org.spice-space.webdav.0 hinzu.</translation>
    </message>
    <message>
        <source>Share a folder with %1</source>
        <translation>Einen Ordner mit %1 teilen</translation>
    </message>
    <message>
        <source>Smart cards</source>
        <translation>Chipkarten</translation>
    </message>
    <message>
        <source>No card reader</source>
        <translation>Kein Kartenleser</translation>
    </message>
    <message>
        <source>Not given to the guest: %1</source>
        <translation>Nicht an den Gast gegeben: %1</translation>
    </message>
    <message numerus="yes">
        <source>The guest may use the smart cards of this computer (%n reader(s)). Turning it off takes effect at the next connection.</source>
        <translation>
            <numerusform>Der Gast darf die Chipkarten dieses Rechners benutzen (%n Leser). Ausschalten wirkt ab der nächsten Verbindung.</numerusform>
            <numerusform>Der Gast darf die Chipkarten dieses Rechners benutzen (%n Leser). Ausschalten wirkt ab der nächsten Verbindung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the smart cards of this computer to the guest</source>
        <translation>Dem Gast die Chipkarten dieses Rechners geben</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Look at a port of the guest, as a terminal</source>
        <translation>Einen Port des Gasts als Terminal ansehen</translation>
    </message>
    <message>
        <source>Folder is gone</source>
        <translation>Ordner ist weg</translation>
    </message>
    <message>
        <source>Not shared again, since it is not there: %1</source>
        <translation>Nicht wieder freigegeben, da er nicht da ist: %1</translation>
    </message>
    <message>
        <source>%1 (nobody listens)</source>
        <extracomment>%1 is the name of a port</extracomment>
        <translation>%1 (niemand hört zu)</translation>
    </message>
</context>
<context>
    <name>ui::ConsoleLook</name>
    <message>
        <source>&amp;Fit the window</source>
        <translation>An das Fenster &amp;anpassen</translation>
    </message>
    <message>
        <source>&amp;Exact pixels (1:1)</source>
        <translation>&amp;Genaue Pixel (1:1)</translation>
    </message>
    <message>
        <source>Whole &amp;multiples</source>
        <translation>Ganze &amp;Vielfache</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Sharp edges</source>
        <translation>&amp;Scharfe Kanten</translation>
    </message>
    <message>
        <source>Scale without smoothing</source>
        <translation>Ohne Glättung skalieren</translation>
    </message>
    <message>
        <source>&amp;View only</source>
        <translation>&amp;Nur ansehen</translation>
    </message>
    <message>
        <source>Send neither keys nor pointer to the machine</source>
        <translation>Weder Tasten noch Zeiger an die Maschine senden</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ui::ConsoleNotice</name>
    <message>
        <source>Not offered by this host. %1</source>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message>
        <source>This machine has neither a screen nor a serial port that could be shown.</source>
        <translation>Diese Maschine hat weder einen Bildschirm noch eine serielle Schnittstelle, die sich zeigen ließe.</translation>
    </message>
    <message>
        <source>The machine is off. Its console appears here when it is started.</source>
        <translation>Die Maschine ist aus. Ihre Konsole erscheint hier, sobald sie gestartet wird.</translation>
    </message>
    <message>
        <source>The machine is starting. Its console appears in a moment.</source>
        <translation>Die Maschine startet. Ihre Konsole erscheint gleich.</translation>
    </message>
    <message>
        <source>The console asks for a password</source>
        <translation>Die Konsole verlangt ein Passwort</translation>
    </message>
    <message>
        <source>The password was not accepted</source>
        <translation>Das Passwort wurde nicht angenommen</translation>
    </message>
    <message>
        <source>&amp;Enter the password…</source>
        <translation>Passwort &amp;eingeben…</translation>
    </message>
    <message>
        <source>The picture is of %1.</source>
        <translation>Das Bild ist von %1.</translation>
    </message>
    <message>
        <source>The machine is paused</source>
        <translation>Die Maschine ist angehalten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>The machine is off</source>
        <translation>Die Maschine ist aus</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Connecting again…</source>
        <translation>Verbinde erneut…</translation>
    </message>
    <message>
        <source>Try &amp;now</source>
        <translation>&amp;Jetzt versuchen</translation>
    </message>
    <message>
        <source>A program on the host</source>
        <translation>Ein Programm auf dem Host</translation>
    </message>
    <message>
        <source>A program on this computer</source>
        <translation>Ein Programm auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1, since %2</source>
        <translation>%1, seit %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Share it</source>
        <translation>&amp;Teilen</translation>
    </message>
    <message>
        <source>Take it &amp;back</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>&amp;Take over</source>
        <translation>Ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was not accepted</source>
        <translation>Das Zertifikat des Servers wurde nicht angenommen</translation>
    </message>
    <message>
        <source>Nobody whom this computer trusts vouches for it. If your own authority signs the screens of this host, choose its certificate.</source>
        <translation>Niemand, dem dieser Rechner vertraut, bürgt dafür. Wenn eine eigene Zertifizierungsstelle die Bildschirme dieses Hosts unterschreibt, deren Zertifikat wählen.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Choose the &amp;certificate…</source>
        <translation>&amp;Zertifikat wählen …</translation>
    </message>
</context>
<context>
    <name>ui::ConsoleStrip</name>
    <message>
        <source>Open consoles</source>
        <translation>Offene Konsolen</translation>
    </message>
    <message>
        <source>%1, in a window of its own</source>
        <translation>%1, in einem eigenen Fenster</translation>
    </message>
</context>
<context>
    <name>ui::ConsoleSwitch</name>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Choose between the machine&apos;s screens and serial ports</source>
        <translation>Zwischen den Bildschirmen und seriellen Schnittstellen der Maschine wählen</translation>
    </message>
    <message>
        <source>Find in the terminal (Ctrl+Shift+F)</source>
        <translation>Im Terminal suchen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Write what the serial port says to a file, or stop</source>
        <translation>In eine Datei schreiben, was die serielle Schnittstelle sagt, oder damit aufhören</translation>
    </message>
    <message>
        <source>Take the serial port from whoever has it open</source>
        <translation>Die serielle Schnittstelle dem abnehmen, der sie offen hat</translation>
    </message>
    <message>
        <source>Screen (SPICE)</source>
        <translation>Bildschirm (SPICE)</translation>
    </message>
    <message>
        <source>Screen (VNC)</source>
        <translation>Bildschirm (VNC)</translation>
    </message>
    <message>
        <source>Serial port %1</source>
        <translation>Serielle Schnittstelle %1</translation>
    </message>
</context>
<context>
    <name>ui::ConsoleTab</name>
    <message>
        <source>No screen to show</source>
        <translation>Kein Bildschirm zu zeigen</translation>
    </message>
    <message>
        <source>Screen of the machine</source>
        <translation>Bildschirm der Maschine</translation>
    </message>
    <message>
        <source>Console tools</source>
        <translation>Werkzeuge der Konsole</translation>
    </message>
    <message>
        <source>This console has a window of its own</source>
        <translation>Diese Konsole hat ein eigenes Fenster</translation>
    </message>
    <message numerus="yes">
        <source>The console of %1 was closed: %n are kept in the background.</source>
        <translation>
            <numerusform>Die Konsole von %1 wurde geschlossen: Im Hintergrund wird %n behalten.</numerusform>
            <numerusform>Die Konsole von %1 wurde geschlossen: Im Hintergrund werden %n behalten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DashboardPage</name>
    <message>
        <source>All hosts</source>
        <translation>Alle Hosts</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A count of machines: %1 is a state, %2 a number</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>Used and total memory</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>No machines yet</source>
        <translation>Noch keine Maschinen</translation>
    </message>
    <message>
        <source>Create the first one on a host that is connected, or add the connection to a host that has machines.</source>
        <translation>Erstellen Sie die erste auf einem verbundenen Host, oder fügen Sie die Verbindung zu einem Host hinzu, der Maschinen hat.</translation>
    </message>
</context>
<context>
    <name>ui::DevicesTab</name>
    <message>
        <source>Filter devices</source>
        <translation>Geräte filtern</translation>
    </message>
    <message>
        <source>Devices of the host</source>
        <translation>Geräte des Hosts</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>IOMMU group</source>
        <translation>IOMMU-Gruppe</translation>
    </message>
    <message>
        <source>Filter: words of a name, kind or driver</source>
        <translation>Filter: Wörter aus Name, Art oder Treiber</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy what libvirt calls the device</source>
        <translation>Kopieren, wie libvirt das Gerät nennt</translation>
    </message>
    <message>
        <source>No devices</source>
        <translation>Keine Geräte</translation>
    </message>
    <message>
        <source>The host tells of none.</source>
        <translation>Der Host nennt keine.</translation>
    </message>
    <message>
        <source>Select a device first.</source>
        <translation>Wählen Sie erst ein Gerät aus.</translation>
    </message>
</context>
<context>
    <name>ui::ErrorPanel</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Copy everything that is known about it, raw text included</source>
        <translation>Alles kopieren, was darüber bekannt ist, samt Rohtext</translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>No agent answers in the guest.</source>
        <translation>Im Gast antwortet kein Agent.</translation>
    </message>
    <message>
        <source>Give the machine a channel for it, and install and start it in the guest (Debian: qemu-guest-agent).</source>
        <translation>Geben Sie der Maschine einen Kanal dafür, und installieren und starten Sie ihn im Gast (Debian: qemu-guest-agent).</translation>
    </message>
    <message>
        <source>The memory of %1 is saved.</source>
        <translation>Der Arbeitsspeicher von %1 ist gesichert.</translation>
    </message>
    <message>
        <source>What was saved would not fit a machine that was changed.</source>
        <translation>Was gesichert wurde, passte nicht mehr zu einer geänderten Maschine.</translation>
    </message>
    <message>
        <source>Start the machine first, or discard what was saved.</source>
        <translation>Starten Sie die Maschine erst, oder verwerfen Sie das Gesicherte.</translation>
    </message>
    <message>
        <source>Convert the image to qcow2, or make the disk read-only.</source>
        <translation>Wandeln Sie das Abbild in qcow2 um, oder machen Sie den Datenträger schreibgeschützt.</translation>
    </message>
    <message>
        <source>A disk can&apos;t keep snapshots: %1</source>
        <translation>Ein Datenträger kann keine Schnappschüsse aufnehmen: %1</translation>
    </message>
    <message>
        <source>Others need the disk image %1.</source>
        <translation>Andere brauchen das Datenträgerabbild %1.</translation>
    </message>
    <message>
        <source>It is needed by: %1</source>
        <translation>Gebraucht wird es von: %1</translation>
    </message>
    <message>
        <source>Remove those first, or make them stand alone (flatten their images).</source>
        <translation>Entfernen Sie diese zuerst, oder machen Sie sie eigenständig (ihre Abbilder zusammenführen).</translation>
    </message>
    <message>
        <source>The disk image can&apos;t be trusted: %1</source>
        <translation>Dem Datenträgerabbild ist nicht zu trauen: %1</translation>
    </message>
    <message>
        <source>If you know the image, convert it into one that stands alone.</source>
        <translation>Wenn Sie das Abbild kennen, wandeln Sie es in ein eigenständiges um.</translation>
    </message>
    <message>
        <source>QEMU is not installed on this host.</source>
        <translation>QEMU ist auf diesem Host nicht installiert.</translation>
    </message>
    <message>
        <source>The program %1 was not found.</source>
        <translation>Das Programm %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Install QEMU (Debian: qemu-system-x86), then try again.</source>
        <translation>Installieren Sie QEMU (Debian: qemu-system-x86) und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>A program that the machine needs is not installed: %1</source>
        <translation>Ein Programm, das die Maschine braucht, ist nicht installiert: %1</translation>
    </message>
    <message>
        <source>Install it, or remove the device that needs it from the machine.</source>
        <translation>Installieren Sie es, oder nehmen Sie das Gerät, das es braucht, aus der Maschine.</translation>
    </message>
    <message>
        <source>The firmware of the machine is missing: %1</source>
        <translation>Die Firmware der Maschine fehlt: %1</translation>
    </message>
    <message>
        <source>Install it (Debian: ovmf), or choose another firmware for the machine.</source>
        <translation>Installieren Sie sie (Debian: ovmf), oder wählen Sie eine andere Firmware für die Maschine.</translation>
    </message>
    <message>
        <source>The program %1, which the machine needs, has ended.</source>
        <translation>Das Programm %1, das die Maschine braucht, hat sich beendet.</translation>
    </message>
    <message>
        <source>Look at the details; the device that it stands for works again after the machine has been switched off and started.</source>
        <translation>Sehen Sie in die Einzelheiten; das Gerät, für das es steht, geht wieder, wenn die Maschine aus- und eingeschaltet wurde.</translation>
    </message>
    <message>
        <source>QEMU on this host can&apos;t show a screen over SPICE.</source>
        <translation>QEMU auf diesem Host kann keinen Bildschirm über SPICE zeigen.</translation>
    </message>
    <message>
        <source>%1 lacks its SPICE modules.</source>
        <translation>%1 fehlen die SPICE-Module.</translation>
    </message>
    <message>
        <source>Install them (Debian: qemu-system-modules-spice or qemu-system-gui), then start the machine again.</source>
        <translation>Installieren Sie sie (Debian: qemu-system-modules-spice oder qemu-system-gui) und starten Sie die Maschine erneut.</translation>
    </message>
    <message>
        <source>The hypervisor process of %1 ended.</source>
        <translation>Der Hypervisor-Prozess von %1 hat sich beendet.</translation>
    </message>
    <message>
        <source>Look at the details; start the machine again once the cause is mended.</source>
        <translation>Sehen Sie sich die Einzelheiten an; starten Sie die Maschine erneut, wenn die Ursache behoben ist.</translation>
    </message>
    <message>
        <source>A disk image is missing: %1</source>
        <translation>Ein Plattenabbild fehlt: %1</translation>
    </message>
    <message>
        <source>Put the file back, or remove the disk from the machine.</source>
        <translation>Legen Sie die Datei zurück oder entfernen Sie die Platte aus der Maschine.</translation>
    </message>
    <message>
        <source>A disk image is in use: %1</source>
        <translation>Ein Plattenabbild ist in Gebrauch: %1</translation>
    </message>
    <message>
        <source>Another machine or program has it open for writing.</source>
        <translation>Eine andere Maschine oder ein Programm hat es zum Schreiben geöffnet.</translation>
    </message>
    <message>
        <source>Stop the other one first: two writers would destroy the disk.</source>
        <translation>Beenden Sie erst das andere: Zwei Schreiber würden die Platte zerstören.</translation>
    </message>
    <message>
        <source>The name %1 is taken.</source>
        <translation>Der Name %1 ist vergeben.</translation>
    </message>
    <message>
        <source>Another machine of this host has it.</source>
        <translation>Eine andere Maschine dieses Hosts trägt ihn.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The definition of the machine can&apos;t be read.</source>
        <translation>Die Definition der Maschine ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Correct the XML where the details point to.</source>
        <translation>Berichtigen Sie das XML an der Stelle, die die Einzelheiten nennen.</translation>
    </message>
    <message>
        <source>The definition asks for something that this host does not know: %1</source>
        <translation>Die Definition verlangt etwas, das dieser Host nicht kennt: %1</translation>
    </message>
    <message>
        <source>Remove that part from the definition, or use a libvirt host.</source>
        <translation>Entfernen Sie diesen Teil aus der Definition oder verwenden Sie einen libvirt-Host.</translation>
    </message>
    <message>
        <source>The disk is full: %1</source>
        <translation>Die Platte ist voll: %1</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The data folder can&apos;t be written: %1</source>
        <translation>In den Datenordner lässt sich nicht schreiben: %1</translation>
    </message>
    <message>
        <source>Check who owns the folder and whether its disk is writable.</source>
        <translation>Prüfen Sie, wem der Ordner gehört und ob sein Datenträger beschreibbar ist.</translation>
    </message>
    <message>
        <source>The data folder was written by a newer version: %1</source>
        <translation>Der Datenordner stammt von einer neueren Version: %1</translation>
    </message>
    <message>
        <source>Use that version, or another data folder.</source>
        <translation>Verwenden Sie diese Version oder einen anderen Datenordner.</translation>
    </message>
    <message>
        <source>The data folder is in use: %1</source>
        <translation>Der Datenordner ist in Gebrauch: %1</translation>
    </message>
    <message>
        <source>Another VirtDeck of this user has it open.</source>
        <translation>Ein anderes VirtDeck dieses Benutzers hat ihn geöffnet.</translation>
    </message>
    <message>
        <source>Close the other one, then try again.</source>
        <translation>Schließen Sie das andere und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>A part of VirtDeck is missing: the program virtdeck-host.</source>
        <translation>Ein Teil von VirtDeck fehlt: das Programm virtdeck-host.</translation>
    </message>
    <message>
        <source>It was sought at %1.</source>
        <translation>Es wurde unter %1 gesucht.</translation>
    </message>
    <message>
        <source>Install VirtDeck again.</source>
        <translation>Installieren Sie VirtDeck neu.</translation>
    </message>
    <message>
        <source>The connection to %1 broke down.</source>
        <translation>Die Verbindung zu %1 ist zusammengebrochen.</translation>
    </message>
    <message>
        <source>The process that holds it ended unexpectedly.</source>
        <translation>Der Prozess, der sie hält, hat sich unerwartet beendet.</translation>
    </message>
    <message>
        <source>Machines are not affected. Try again; the details help if it comes back.</source>
        <translation>Die Maschinen sind nicht betroffen. Versuchen Sie es erneut; kehrt es wieder, helfen die Einzelheiten.</translation>
    </message>
    <message>
        <source>The two sides speak different versions of VirtDeck.</source>
        <translation>Die beiden Seiten sprechen verschiedene Versionen von VirtDeck.</translation>
    </message>
    <message>
        <source>Install the same version here and on the host.</source>
        <translation>Installieren Sie hier und auf dem Host dieselbe Version.</translation>
    </message>
    <message>
        <source>The host refused to let you in: %1</source>
        <translation>Der Host lässt Sie nicht ein: %1</translation>
    </message>
    <message>
        <source>Check user name, password or key, and whether the user may manage machines.</source>
        <translation>Prüfen Sie Benutzername, Passwort oder Schlüssel und ob der Benutzer Maschinen verwalten darf.</translation>
    </message>
    <message>
        <source>This can&apos;t be used: %1</source>
        <translation>Das ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>These settings can&apos;t be used.</source>
        <translation>Diese Einstellungen sind nicht verwendbar.</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>Berichtigen Sie es und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Not found: %1</source>
        <translation>Nicht gefunden: %1</translation>
    </message>
    <message>
        <source>It was not found.</source>
        <translation>Es wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>It may have been removed or renamed by somebody else.</source>
        <translation>Vielleicht hat es jemand anders entfernt oder umbenannt.</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>It exists already.</source>
        <translation>Es existiert schon.</translation>
    </message>
    <message>
        <source>%1 is in use.</source>
        <translation>%1 ist in Gebrauch.</translation>
    </message>
    <message>
        <source>It is in use.</source>
        <translation>Es ist in Gebrauch.</translation>
    </message>
    <message>
        <source>Wait until the other operation is done, then try again.</source>
        <translation>Warten Sie, bis der andere Vorgang fertig ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Its state may have changed meanwhile; look again.</source>
        <translation>Ihr Zustand kann sich inzwischen geändert haben; sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>You are not allowed to do that: %1</source>
        <translation>Dazu fehlt Ihnen das Recht: %1</translation>
    </message>
    <message>
        <source>You are not allowed to do that.</source>
        <translation>Dazu fehlt Ihnen das Recht.</translation>
    </message>
    <message>
        <source>Ask the administrator of the host for the right (libvirt: the group).</source>
        <translation>Bitten Sie den Verwalter des Hosts um das Recht (libvirt: die Gruppe).</translation>
    </message>
    <message>
        <source>This host does not offer that.</source>
        <translation>Dieser Host bietet das nicht.</translation>
    </message>
    <message>
        <source>The program %1 failed.</source>
        <translation>Das Programm %1 ist gescheitert.</translation>
    </message>
    <message>
        <source>A program failed.</source>
        <translation>Ein Programm ist gescheitert.</translation>
    </message>
    <message>
        <source>Look at the details.</source>
        <translation>Sehen Sie sich die Einzelheiten an.</translation>
    </message>
    <message>
        <source>The host answered something unexpected.</source>
        <translation>Der Host hat etwas Unerwartetes geantwortet.</translation>
    </message>
    <message>
        <source>Connect again. If it comes back, report it with the details.</source>
        <translation>Verbinden Sie sich neu. Kehrt es wieder, melden Sie es mit den Einzelheiten.</translation>
    </message>
    <message>
        <source>The guest of %1 refused.</source>
        <translation>Der Gast von %1 hat abgelehnt.</translation>
    </message>
    <message>
        <source>The guest refused.</source>
        <translation>Der Gast hat abgelehnt.</translation>
    </message>
    <message>
        <source>Look at the guest&apos;s screen; it may wait for somebody.</source>
        <translation>Sehen Sie auf den Bildschirm des Gastes; vielleicht wartet er auf jemanden.</translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation>Keine Verbindung zu %1.</translation>
    </message>
    <message>
        <source>There is no connection to the host.</source>
        <translation>Es besteht keine Verbindung zum Host.</translation>
    </message>
    <message>
        <source>The host is tried again by itself. Whether the last request was carried out is not known.</source>
        <translation>Der Host wird von selbst erneut versucht. Ob der letzte Auftrag ausgeführt wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The host did not answer in time.</source>
        <translation>Der Host hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>It may be overloaded or hang. Try again in a while.</source>
        <translation>Er ist vielleicht überlastet oder hängt. Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Reading or writing failed: %1</source>
        <translation>Lesen oder Schreiben ist gescheitert: %1</translation>
    </message>
    <message>
        <source>Reading or writing failed.</source>
        <translation>Lesen oder Schreiben ist gescheitert.</translation>
    </message>
    <message>
        <source>Check the disk and the file&apos;s permissions.</source>
        <translation>Prüfen Sie die Platte und die Rechte der Datei.</translation>
    </message>
    <message>
        <source>VirtDeck was not found on the other computer: %1</source>
        <translation>VirtDeck wurde auf dem anderen Computer nicht gefunden: %1</translation>
    </message>
    <message>
        <source>The login shell there knows no program virtdeck-host.</source>
        <translation>Die Anmelde-Shell dort kennt kein Programm virtdeck-host.</translation>
    </message>
    <message>
        <source>Install VirtDeck on that computer, or name the program in the address: ?program=/path/to/virtdeck-host</source>
        <translation>Installieren Sie VirtDeck auf jenem Computer, oder nennen Sie das Programm in der Adresse: ?program=/pfad/zu/virtdeck-host</translation>
    </message>
    <message>
        <source>The other computer can&apos;t be reached: %1</source>
        <translation>Der andere Computer ist nicht erreichbar: %1</translation>
    </message>
    <message>
        <source>Check its name, that it runs, and that ssh to it works. It is tried again by itself.</source>
        <translation>Prüfen Sie, ob der Name stimmt, ob der Computer läuft und ob ssh dorthin geht. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>ssh does not know the other computer yet: %1</source>
        <translation>ssh kennt den anderen Computer noch nicht: %1</translation>
    </message>
    <message>
        <source>Its key is not among those that you trust.</source>
        <translation>Sein Schlüssel ist nicht unter denen, denen Sie vertrauen.</translation>
    </message>
    <message>
        <source>Log in once with ssh in a terminal, check the fingerprint, then connect again.</source>
        <translation>Melden Sie sich einmal im Terminal mit ssh an, prüfen Sie den Fingerabdruck und verbinden Sie dann erneut.</translation>
    </message>
    <message>
        <source>The other computer has another key than before: %1</source>
        <translation>Der andere Computer hat einen anderen Schlüssel als zuvor: %1</translation>
    </message>
    <message>
        <source>It was installed anew, or somebody stands between.</source>
        <translation>Er wurde neu installiert, oder jemand steht dazwischen.</translation>
    </message>
    <message>
        <source>Find out which. If it is well, remove the old key with ssh-keygen -R.</source>
        <translation>Finden Sie heraus, was davon. Ist alles in Ordnung, entfernen Sie den alten Schlüssel mit ssh-keygen -R.</translation>
    </message>
    <message>
        <source>The program ssh was not found on this computer.</source>
        <translation>Das Programm ssh wurde auf diesem Computer nicht gefunden.</translation>
    </message>
    <message>
        <source>Install it (Debian: openssh-client), then try again.</source>
        <translation>Installieren Sie es (Debian: openssh-client) und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Somebody else has this console of %1 open.</source>
        <translation>Jemand anderes hat diese Konsole von %1 offen.</translation>
    </message>
    <message>
        <source>A serial port talks to one program at a time.</source>
        <translation>Eine serielle Schnittstelle spricht nur mit einem Programm.</translation>
    </message>
    <message>
        <source>Close it there, or take it over.</source>
        <translation>Schließen Sie sie dort, oder übernehmen Sie sie.</translation>
    </message>
    <message>
        <source>libvirt does not answer at %1</source>
        <translation>libvirt antwortet nicht auf %1</translation>
    </message>
    <message>
        <source>Its service may not be installed or not run (on that computer: systemctl start libvirtd), or it does not listen in this way. It is tried again by itself.</source>
        <translation>Sein Dienst ist vielleicht nicht installiert oder läuft nicht (auf jenem Rechner: systemctl start libvirtd), oder er hört nicht auf diesem Weg. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>libvirt has no driver for this kind of host: %1</source>
        <translation>libvirt hat keinen Treiber für diese Art von Host: %1</translation>
    </message>
    <message>
        <source>Install the driver where libvirt runs (Debian: libvirt-daemon-driver-lxc, -xen or -vbox, then restart libvirtd). Some are not built by every distribution: Debian leaves Hyper-V&apos;s out.</source>
        <translation>Installieren Sie den Treiber dort, wo libvirt läuft (Debian: libvirt-daemon-driver-lxc, -xen oder -vbox; danach libvirtd neu starten). Manche baut nicht jede Distribution: Debian lässt den für Hyper-V weg.</translation>
    </message>
    <message>
        <source>The certificate of the host can&apos;t be trusted: %1</source>
        <translation>Dem Zertifikat des Hosts ist nicht zu trauen: %1</translation>
    </message>
    <message>
        <source>Use the name that the certificate is made for, have it renewed, or give the certificate of who signed it (?pkipath=/folder with cacert.pem).</source>
        <translation>Benutzen Sie den Namen, auf den das Zertifikat lautet, lassen Sie es erneuern, oder geben Sie das Zertifikat dessen an, der es unterschrieben hat (?pkipath=/ordner mit cacert.pem).</translation>
    </message>
    <message>
        <source>The host does not accept our certificate: %1</source>
        <translation>Der Host erkennt unser Zertifikat nicht an: %1</translation>
    </message>
    <message>
        <source>Have one made that the host&apos;s administrator allows; it is read from the folder in the address (?pkipath=/folder with clientcert.pem and clientkey.pem), else from ~/.pki/libvirt.</source>
        <translation>Lassen Sie eines ausstellen, das der Verwalter des Hosts zulässt; es wird aus dem Ordner in der Adresse gelesen (?pkipath=/ordner mit clientcert.pem und clientkey.pem), sonst aus ~/.pki/libvirt.</translation>
    </message>
    <message>
        <source>The address names none of the hosts of the vCenter: %1</source>
        <translation>Die Adresse nennt keinen der Hosts des vCenters: %1</translation>
    </message>
    <message>
        <source>It has: %1</source>
        <translation>Es hat: %1</translation>
    </message>
    <message>
        <source>Write the path of one behind the server&apos;s name: datacenter/cluster/host, or datacenter/host if it is in no cluster.</source>
        <translation>Schreiben Sie den Pfad von einem hinter den Namen des Servers: Rechenzentrum/Cluster/Host, oder Rechenzentrum/Host, wenn er in keinem Cluster ist.</translation>
    </message>
    <message>
        <source>A disk can&apos;t note what is written to it: %1</source>
        <translation>Eine Platte kann sich nicht merken, was auf sie geschrieben wird: %1</translation>
    </message>
    <message>
        <source>Convert the image to qcow2, or back the machine up as a whole.</source>
        <translation>Wandeln Sie das Abbild in qcow2 um, oder sichern Sie die Maschine als Ganzes.</translation>
    </message>
    <message>
        <source>%1 has checkpoints.</source>
        <translation>%1 hat Prüfpunkte.</translation>
    </message>
    <message>
        <source>A disk that notes what is written to it can&apos;t be taken back, and takes part in no snapshot while the machine is off.</source>
        <translation>Eine Platte, die sich merkt, was auf sie geschrieben wird, kann nicht zurückgesetzt werden, und an keinem Schnappschuss teilnehmen, solange die Maschine aus ist.</translation>
    </message>
    <message>
        <source>Delete the checkpoints first; the next backup has to be a full one then.</source>
        <translation>Löschen Sie zuerst die Prüfpunkte; die nächste Sicherung muss dann eine volle sein.</translation>
    </message>
    <message>
        <source>The disks have lost what they noted since checkpoint %1.</source>
        <translation>Die Platten haben verloren, was sie sich seit dem Prüfpunkt %1 gemerkt haben.</translation>
    </message>
    <message>
        <source>Delete its entry alone, and make a full backup with a new checkpoint.</source>
        <translation>Löschen Sie nur seinen Eintrag, und machen Sie eine volle Sicherung mit einem neuen Prüfpunkt.</translation>
    </message>
    <message>
        <source>%1 is switched off.</source>
        <translation>%1 ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>It takes a running QEMU to note and to read what is written to the disks.</source>
        <translation>Nur ein laufendes QEMU kann sich merken und lesen, was auf die Platten geschrieben wird.</translation>
    </message>
    <message>
        <source>Start the machine, then try again; it may be paused.</source>
        <translation>Starten Sie die Maschine, und versuchen Sie es noch einmal; angehalten darf sie sein.</translation>
    </message>
    <message>
        <source>A backup of %1 is under way already.</source>
        <translation>Eine Sicherung von %1 läuft schon.</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it.</source>
        <translation>Warten Sie, bis sie fertig ist, oder brechen Sie sie ab.</translation>
    </message>
    <message>
        <source>The host has no folder %1.</source>
        <translation>Der Host hat keinen Ordner %1.</translation>
    </message>
    <message>
        <source>Make it on the host, or choose another one.</source>
        <translation>Legen Sie ihn auf dem Host an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Its state is: %1</source>
        <translation>Ihr Zustand: %1</translation>
    </message>
    <message>
        <source>%1 can&apos;t do that as it is now.</source>
        <translation>%1 kann das in ihrem jetzigen Zustand nicht.</translation>
    </message>
    <message>
        <source>The machine can&apos;t do that as it is now.</source>
        <translation>Die Maschine kann das in ihrem jetzigen Zustand nicht.</translation>
    </message>
    <message>
        <source>No graphics card of the host can draw for %1.</source>
        <translation>Keine Grafikkarte des Hosts kann für %1 zeichnen.</translation>
    </message>
    <message>
        <source>Switch off OpenGL of its screen, or let who runs the machine use the card (Debian: the group render).</source>
        <translation>Schalten Sie OpenGL ihrer Anzeige aus, oder geben Sie dem, der die Maschine betreibt, Zugriff auf die Karte (Debian: Gruppe render).</translation>
    </message>
    <message>
        <source>The definition of %1 was changed meanwhile.</source>
        <translation>Die Definition von %1 wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>Storing this one would have undone that.</source>
        <translation>Diese hier zu speichern, hätte das rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Look at what is stored now, then try again.</source>
        <translation>Sehen Sie nach, was jetzt gespeichert ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
</context>
<context>
    <name>ui::FormDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ui::FullScreenBar</name>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Next screen</source>
        <translation>Nächster Bildschirm</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>Minimieren</translation>
    </message>
    <message>
        <source>Leave full screen (F11)</source>
        <translation>Vollbild verlassen (F11)</translation>
    </message>
    <message>
        <source>F11 leaves full screen, Shift+F11 shows this bar</source>
        <translation>F11 verlässt das Vollbild, Umschalt+F11 zeigt diese Leiste</translation>
    </message>
</context>
<context>
    <name>ui::FullScreenTools</name>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Show the console on the whole screen (F11)</source>
        <translation>Die Konsole auf dem ganzen Bildschirm zeigen (F11)</translation>
    </message>
    <message>
        <source>On screen &amp;%1: %2 (%3 × %4)</source>
        <translation>Auf Bildschirm &amp;%1: %2 (%3 × %4)</translation>
    </message>
    <message>
        <source>&amp;All displays, each on a screen</source>
        <translation>&amp;Alle Bildschirme, jeder auf einem eigenen</translation>
    </message>
    <message>
        <source>This computer has one screen only.</source>
        <translation>Dieser Rechner hat nur einen Bildschirm.</translation>
    </message>
    <message>
        <source>Every display of the machine on a screen of its own</source>
        <translation>Jeden Bildschirm der Maschine auf einem eigenen Bildschirm zeigen</translation>
    </message>
</context>
<context>
    <name>ui::GuestFactsView</name>
    <message>
        <source>Guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>No agent answers in the guest. With one (Debian: qemu-guest-agent) its addresses and system stand here.</source>
        <translation>Im Gast antwortet kein Agent. Mit einem (Debian: qemu-guest-agent) stehen hier seine Adressen und sein System.</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Rechnername</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>File systems</source>
        <translation>Dateisysteme</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
</context>
<context>
    <name>ui::GuestPortWindow</name>
    <message>
        <source>%1 – port %2</source>
        <extracomment>%1 is a machine, %2 the name of one of its ports</extracomment>
        <translation>%1 – Port %2</translation>
    </message>
    <message>
        <source>Tools of the port</source>
        <translation>Werkzeuge des Ports</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in the terminal (Ctrl+Shift+F)</source>
        <translation>Im Terminal suchen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Write what the port says to a file, or stop</source>
        <translation>Was der Port sagt, in eine Datei schreiben, oder damit aufhören</translation>
    </message>
    <message>
        <source>No program in the guest has this port open: what is typed goes nowhere.</source>
        <translation>Kein Programm im Gast hat diesen Port geöffnet: Was getippt wird, geht ins Leere.</translation>
    </message>
    <message>
        <source>The console is not connected; the port comes back with it.</source>
        <translation>Die Konsole ist nicht verbunden; der Port kommt mit ihr zurück.</translation>
    </message>
</context>
<context>
    <name>ui::GuestTools</name>
    <message>
        <source>Locks of the machine&apos;s keyboard</source>
        <translation>Feststelltasten der Maschine</translation>
    </message>
    <message>
        <source>What you copied is larger than %1 and was not given to the machine. Send it as a file instead.</source>
        <translation>Was Sie kopiert haben, ist größer als %1 und wurde der Maschine nicht gegeben. Senden Sie es stattdessen als Datei.</translation>
    </message>
    <message>
        <source>What the machine copied is larger than %1 and was left there.</source>
        <translation>Was die Maschine kopiert hat, ist größer als %1 und blieb dort.</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>&amp;Aus</translation>
    </message>
    <message>
        <source>Nothing that is copied here or there is seen on the other side</source>
        <translation>Nichts, was hier oder dort kopiert wird, ist auf der anderen Seite zu sehen</translation>
    </message>
    <message>
        <source>&amp;To the machine</source>
        <translation>&amp;Zur Maschine</translation>
    </message>
    <message>
        <source>What you copy here can be pasted in the machine. Every program there can read it.</source>
        <translation>Was Sie hier kopieren, lässt sich in der Maschine einfügen. Jedes Programm dort kann es lesen.</translation>
    </message>
    <message>
        <source>&amp;From the machine</source>
        <translation>&amp;Von der Maschine</translation>
    </message>
    <message>
        <source>What is copied in the machine can be pasted here</source>
        <translation>Was in der Maschine kopiert wird, lässt sich hier einfügen</translation>
    </message>
    <message>
        <source>&amp;Both ways</source>
        <translation>&amp;Beide Wege</translation>
    </message>
    <message>
        <source>What is copied on one side can be pasted on the other</source>
        <translation>Was auf einer Seite kopiert wird, lässt sich auf der anderen einfügen</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>Size, displays, files and keyboard of the machine</source>
        <translation>Größe, Bildschirme, Dateien und Tastatur der Maschine</translation>
    </message>
    <message>
        <source>&amp;Resize with the window</source>
        <translation>Mit dem Fenster die &amp;Größe ändern</translation>
    </message>
    <message>
        <source>&amp;Displays</source>
        <translation>&amp;Bildschirme</translation>
    </message>
    <message>
        <source>Displays</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Send &amp;files…</source>
        <translation>&amp;Dateien senden…</translation>
    </message>
    <message>
        <source>Take the whole &amp;keyboard</source>
        <translation>Die ganze &amp;Tastatur nehmen</translation>
    </message>
    <message>
        <source>Keys that &amp;stay here…</source>
        <translation>Tasten, die &amp;hier bleiben…</translation>
    </message>
    <message>
        <source>Shortcuts that work here while the machine has the keyboard</source>
        <translation>Tastenkürzel, die hier wirken, während die Maschine die Tastatur hat</translation>
    </message>
    <message>
        <source>The console is not connected.</source>
        <translation>Die Konsole ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Needs the SPICE agent in the machine (spice-vdagent), which does not run there.</source>
        <translation>Braucht den SPICE-Agenten in der Maschine (spice-vdagent); er läuft dort nicht.</translation>
    </message>
    <message>
        <source>Clipboard: off</source>
        <translation>Zwischenablage: aus</translation>
    </message>
    <message>
        <source>Clipboard → machine</source>
        <translation>Zwischenablage → Maschine</translation>
    </message>
    <message>
        <source>Clipboard ← machine</source>
        <translation>Zwischenablage ← Maschine</translation>
    </message>
    <message>
        <source>Clipboard ↔ machine</source>
        <translation>Zwischenablage ↔ Maschine</translation>
    </message>
    <message>
        <source>Not over VNC: only SPICE has an agent that does this.</source>
        <translation>Nicht über VNC: Nur SPICE hat einen Agenten dafür.</translation>
    </message>
    <message>
        <source>Which way the clipboard is shared with the machine</source>
        <translation>In welche Richtung die Zwischenablage mit der Maschine geteilt wird</translation>
    </message>
    <message>
        <source>The machine&apos;s screen takes the size of the window</source>
        <translation>Der Bildschirm der Maschine nimmt die Größe des Fensters an</translation>
    </message>
    <message>
        <source>Copy files to the machine; dropping them on its screen does the same</source>
        <translation>Dateien in die Maschine kopieren; sie auf ihren Bildschirm zu ziehen tut dasselbe</translation>
    </message>
    <message>
        <source>Alt+Tab and the like go to the machine, too. Ctrl+Alt gives the keyboard back.</source>
        <translation>Auch Alt+Tab und Ähnliches geht an die Maschine. Strg+Alt gibt die Tastatur zurück.</translation>
    </message>
    <message>
        <source>Display &amp;%1</source>
        <translation>Bildschirm &amp;%1</translation>
    </message>
    <message>
        <source>The first display is always on.</source>
        <translation>Der erste Bildschirm ist immer an.</translation>
    </message>
    <message numerus="yes">
        <source>The machine&apos;s graphics card has %n display(s).</source>
        <translation>
            <numerusform>Die Grafikkarte der Maschine hat %n Bildschirm.</numerusform>
            <numerusform>Die Grafikkarte der Maschine hat %n Bildschirme.</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown in a window of its own</source>
        <translation>In einem eigenen Fenster gezeigt</translation>
    </message>
    <message>
        <source>Caps</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Num</source>
        <translation>Num</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Locked on the machine&apos;s keyboard</source>
        <translation>Auf der Tastatur der Maschine festgestellt</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>The machine has no other display that could be shown.</source>
        <translation>Die Maschine hat keinen weiteren Bildschirm, der sich zeigen ließe.</translation>
    </message>
    <message>
        <source>What you copied was not given to the machine: its VNC server takes no more than %1.</source>
        <translation>Was Sie kopiert haben, bekam die Maschine nicht: Ihr VNC-Server nimmt nicht mehr als %1.</translation>
    </message>
    <message numerus="yes">
        <source>This VNC server knows Western European letters alone (Latin-1): %n character(s) of what you copied became question marks.</source>
        <translation>
            <numerusform>Dieser VNC-Server kennt nur westeuropäische Buchstaben (Latin-1): %n Zeichen des Kopierten wurde zum Fragezeichen.</numerusform>
            <numerusform>Dieser VNC-Server kennt nur westeuropäische Buchstaben (Latin-1): %n Zeichen des Kopierten wurden zu Fragezeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which way the clipboard is shared with the machine: text alone over VNC, and only if the machine has a channel for it (qemu-vdagent)</source>
        <translation>In welche Richtung die Zwischenablage mit der Maschine geteilt wird: über VNC nur Text, und nur, wenn die Maschine einen Kanal dafür hat (qemu-vdagent)</translation>
    </message>
    <message>
        <source>Send files to %1</source>
        <translation>Dateien an %1 senden</translation>
    </message>
</context>
<context>
    <name>ui::HardwareForm</name>
    <message>
        <source>chosen by the host</source>
        <translation>wählt der Host</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>It runs with: %1</source>
        <extracomment>%1 is a value</extracomment>
        <translation>Sie läuft mit: %1</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ui::HardwareTab</name>
    <message>
        <source>Definition as XML</source>
        <translation>Definition als XML</translation>
    </message>
    <message>
        <source>Select a device first.</source>
        <translation>Wählen Sie erst ein Gerät aus.</translation>
    </message>
    <message>
        <source>This kind of device can be removed in the XML.</source>
        <translation>Geräte dieser Art lassen sich im XML entfernen.</translation>
    </message>
    <message>
        <source>Add a device to the machine</source>
        <translation>Der Maschine ein Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Make the disk larger; the guest may be running</source>
        <translation>Die Platte vergrößern; der Gast darf laufen</translation>
    </message>
    <message>
        <source>There is no medium in this drive.</source>
        <translation>In diesem Laufwerk liegt kein Medium.</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes wait for the next start of the machine:</source>
        <translation>Änderungen warten auf den nächsten Start der Maschine:</translation>
    </message>
    <message>
        <source>A template stays as it is: clone it, or make it a machine again.</source>
        <translation>Eine Vorlage bleibt, wie sie ist: klonen Sie sie, oder machen Sie sie wieder zur Maschine.</translation>
    </message>
    <message>
        <source>Switch the machine off to change it: this host can&apos;t keep changes for its next start.</source>
        <translation>Schalten Sie die Maschine aus, um sie zu ändern: dieser Host kann Änderungen nicht für ihren nächsten Start aufheben.</translation>
    </message>
    <message>
        <source>This can&apos;t be changed while the machine runs: switch it off first.</source>
        <translation>Das lässt sich nicht ändern, während die Maschine läuft: schalten Sie sie erst aus.</translation>
    </message>
    <message>
        <source>Not stored yet.</source>
        <translation>Noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Takes effect at once when applied.</source>
        <translation>Wirkt sofort, wenn es angewendet wird.</translation>
    </message>
    <message>
        <source>Is stored when applied; takes effect at the next start of the machine.</source>
        <translation>Wird beim Anwenden gespeichert und wirkt ab dem nächsten Start der Maschine.</translation>
    </message>
    <message>
        <source>Add device…</source>
        <translation>Gerät hinzufügen…</translation>
    </message>
    <message>
        <source>Add device</source>
        <translation>Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>Vergrößern…</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Eject</source>
        <translation>Auswerfen</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>No hardware known</source>
        <translation>Keine Hardware bekannt</translation>
    </message>
    <message>
        <source>Parts of the machine</source>
        <translation>Teile der Maschine</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Unplug %1 from %2?</source>
        <translation>%1 von %2 abziehen?</translation>
    </message>
    <message>
        <source>The guest is asked to let go of it, and it is gone from the definition, too. The image of a disk is kept.</source>
        <translation>Der Gast wird gebeten, es loszulassen, und es verschwindet auch aus der Definition. Das Abbild einer Platte bleibt erhalten.</translation>
    </message>
    <message>
        <source>Unplug</source>
        <translation>Abziehen</translation>
    </message>
    <message>
        <source>Waiting changes</source>
        <translation>Wartende Änderungen</translation>
    </message>
    <message>
        <source>What runs against what is stored</source>
        <translation>Was läuft, gegen das, was gespeichert ist</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation>Läuft mit</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Apply the changes first.</source>
        <translation>Übernehmen Sie erst die Änderungen.</translation>
    </message>
    <message>
        <source>The machine is gone.</source>
        <translation>Die Maschine ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The machine was changed elsewhere meanwhile, and your changes don&apos;t fit it any more. Revert to see what is stored now, or overwrite it with what is here.</source>
        <translation>Die Maschine wurde inzwischen anderswo geändert, und Ihre Änderungen passen nicht mehr dazu. Setzen Sie sie zurück, um zu sehen, was jetzt gespeichert ist, oder überschreiben Sie es mit dem, was hier steht.</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Add a device to %1</source>
        <translation>Gerät zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>What was applied is still under way.</source>
        <translation>Was übernommen wird, ist noch in Arbeit.</translation>
    </message>
    <message>
        <source>Store the changes (%1)</source>
        <extracomment>%1 is a shortcut: &quot;Ctrl+S&quot;</extracomment>
        <translation>Die Änderungen speichern (%1)</translation>
    </message>
</context>
<context>
    <name>ui::HardwareText</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>CD drive</source>
        <translation>CD-Laufwerk</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Netzwerkkarte</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Video card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Sound card</source>
        <translation>Soundkarte</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Host device</source>
        <translation>Gerät des Hosts</translation>
    </message>
    <message>
        <source>USB redirection</source>
        <translation>USB-Umleitung</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>Serielle Schnittstelle</translation>
    </message>
    <message>
        <source>Console port</source>
        <translation>Konsolenschnittstelle</translation>
    </message>
    <message>
        <source>Random numbers</source>
        <translation>Zufallszahlen</translation>
    </message>
    <message>
        <source>Memory balloon</source>
        <translation>Speicherballon</translation>
    </message>
    <message>
        <source>Watchdog</source>
        <translation>Watchdog</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>Controller</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Machine type</source>
        <translation>Maschinentyp</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>CPUs at most</source>
        <translation>CPUs höchstens</translation>
    </message>
    <message>
        <source>CPUs in use</source>
        <translation>CPUs in Gebrauch</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU model</source>
        <translation>CPU-Modell</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>Sockel</translation>
    </message>
    <message>
        <source>Cores per socket</source>
        <translation>Kerne je Sockel</translation>
    </message>
    <message>
        <source>Threads per core</source>
        <translation>Threads je Kern</translation>
    </message>
    <message>
        <source>Memory at most</source>
        <translation>Speicher höchstens</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Belegter Speicher</translation>
    </message>
    <message>
        <source>Boot from</source>
        <translation>Starten von</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Initrd</source>
        <translation>Initrd</translation>
    </message>
    <message>
        <source>Kernel command line</source>
        <translation>Kernel-Befehlszeile</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Abbild</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Name in the machine</source>
        <translation>Name in der Maschine</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>I/O mode</source>
        <translation>E/A-Modus</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Freigeben (discard)</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Shared with others</source>
        <translation>Mit anderen geteilt</translation>
    </message>
    <message>
        <source>Place in boot order</source>
        <translation>Platz in der Startfolge</translation>
    </message>
    <message>
        <source>Rate at most</source>
        <translation>Rate höchstens</translation>
    </message>
    <message>
        <source>Requests at most</source>
        <translation>Anfragen höchstens</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC-Adresse</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Cable</source>
        <translation>Kabel</translation>
    </message>
    <message>
        <source>Reached by</source>
        <translation>Erreichbar über</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>no medium</source>
        <translation>kein Medium</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with Secure Boot</source>
        <translation>UEFI mit Secure Boot</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>abgezogen</translation>
    </message>
    <message>
        <source>plugged in</source>
        <translation>eingesteckt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Can be changed while the machine runs, up to the maximum.</source>
        <translation>Lässt sich ändern, während die Maschine läuft, bis zum Höchstwert.</translation>
    </message>
    <message>
        <source>What the balloon leaves to the guest; can be changed while it runs.</source>
        <translation>Was der Ballon dem Gast lässt; lässt sich ändern, während er läuft.</translation>
    </message>
    <message>
        <source>host-passthrough is the fastest; custom takes the model below.</source>
        <translation>host-passthrough ist am schnellsten; custom nimmt das Modell darunter.</translation>
    </message>
    <message>
        <source>1 is tried first; 0: not at all.</source>
        <translation>1 kommt zuerst; 0: gar nicht.</translation>
    </message>
    <message>
        <source>A second, reading and writing together; 0: no limit.</source>
        <translation>Je Sekunde, Lesen und Schreiben zusammen; 0: keine Grenze.</translation>
    </message>
    <message>
        <source>As lsusb tells it, such as 0x046d.</source>
        <translation>Wie lsusb es nennt, etwa 0x046d.</translation>
    </message>
    <message>
        <source>Most guests that were installed under one do not boot under the other.</source>
        <translation>Die meisten Gäste, die unter der einen eingerichtet wurden, starten unter der anderen nicht.</translation>
    </message>
    <message>
        <source>%1: added</source>
        <translation>%1: hinzugefügt</translation>
    </message>
    <message>
        <source>%1: removed</source>
        <translation>%1: entfernt</translation>
    </message>
    <message>
        <source>%1, %2: %3 now, %4 then</source>
        <extracomment>%1 is a device, %2 one of its settings, %3 its value now, %4 the value to come</extracomment>
        <translation>%1, %2: jetzt %3, dann %4</translation>
    </message>
    <message>
        <source>OpenGL</source>
        <translation>OpenGL</translation>
    </message>
    <message>
        <source>Monitors</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>3D acceleration</source>
        <translation>3D-Beschleunigung</translation>
    </message>
    <message>
        <source>The host&apos;s graphics card draws. Seen in SPICE consoles on the host itself; the screen can&apos;t have a port.</source>
        <translation>Die Grafikkarte des Hosts zeichnet. Zu sehen in SPICE-Konsolen auf dem Host selbst; die Anzeige kann keinen Port haben.</translation>
    </message>
    <message>
        <source>Of a virtio card, on a SPICE display with OpenGL. Memory of such a machine can&apos;t be saved or moved.</source>
        <translation>Einer virtio-Karte an einer SPICE-Anzeige mit OpenGL. Der Speicher einer solchen Maschine lässt sich nicht sichern oder umziehen.</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>Geteilter Ordner</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>File or socket</source>
        <translation>Datei oder Socket</translation>
    </message>
    <message>
        <source>Folder of the host</source>
        <translation>Ordner des Hosts</translation>
    </message>
    <message>
        <source>Mounted as</source>
        <translation>Eingehängt als</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Owners of files</source>
        <translation>Eigentümer der Dateien</translation>
    </message>
    <message>
        <source>9p</source>
        <translation>9p</translation>
    </message>
    <message>
        <source>What the container runs, as a path in it; it ends with that.</source>
        <translation>Was der Container ausführt, als Pfad in ihm; er endet damit.</translation>
    </message>
    <message>
        <source>In a machine the name that the guest mounts (mount -t virtiofs NAME /mnt, or -t 9p); in a container the path.</source>
        <translation>In einer Maschine der Name, den der Gast einhängt (mount -t virtiofs NAME /mnt, oder -t 9p); in einem Container der Pfad.</translation>
    </message>
    <message>
        <source>virtiofs is faster, and needs memory that is shared with its daemon: choosing it asks for that too.</source>
        <translation>virtiofs ist schneller und braucht Speicher, den es mit seinem Dienst teilt: Die Wahl verlangt auch das.</translation>
    </message>
    <message>
        <source>passthrough: as in the guest; mapped: kept beside the files; squash: as far as the host allows.</source>
        <translation>passthrough: wie im Gast; mapped: neben den Dateien vermerkt; squash: soweit der Host es erlaubt.</translation>
    </message>
    <message>
        <source>Of a port that is a file or a socket on the host; other ports need none.</source>
        <translation>Eines Ports, der eine Datei oder ein Socket auf dem Host ist; andere brauchen keinen.</translation>
    </message>
</context>
<context>
    <name>ui::HeadWindow</name>
    <message>
        <source>%1 – display %2</source>
        <translation>%1 – Bildschirm %2</translation>
    </message>
    <message>
        <source>Display %1 of the machine</source>
        <translation>Bildschirm %1 der Maschine</translation>
    </message>
</context>
<context>
    <name>ui::HistogramView</name>
    <message>
        <source>below %1 ms</source>
        <translation>unter %1 ms</translation>
    </message>
    <message>
        <source>from %1 ms on</source>
        <translation>ab %1 ms</translation>
    </message>
    <message>
        <source>%1–%2 ms</source>
        <extracomment>A span of time: %1 to %2 milliseconds</extracomment>
        <translation>%1–%2 ms</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>Noch keine Anfragen</translation>
    </message>
</context>
<context>
    <name>ui::HostKeysDialog</name>
    <message>
        <source>Keys that stay here</source>
        <translation>Tasten, die hier bleiben</translation>
    </message>
    <message>
        <source>Another shortcut</source>
        <translation>Ein weiteres Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A machine that has the keyboard gets every key, but for F11, for Ctrl+Alt and for these. Press a shortcut in the field and add it.</source>
        <translation>Eine Maschine, die die Tastatur hat, bekommt jede Taste außer F11, Strg+Alt und diesen. Drücken Sie ein Tastenkürzel im Feld und fügen Sie es hinzu.</translation>
    </message>
    <message>
        <source>Press a shortcut in the field first.</source>
        <translation>Drücken Sie zuerst ein Tastenkürzel im Feld.</translation>
    </message>
    <message>
        <source>Choose one in the list first.</source>
        <translation>Wählen Sie zuerst eines aus der Liste.</translation>
    </message>
</context>
<context>
    <name>ui::HostLoadTab</name>
    <message>
        <source>Load of each CPU</source>
        <translation>Last jeder CPU</translation>
    </message>
    <message>
        <source>How long work waits</source>
        <translation>Wie lange Arbeit wartet</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Warten auf</translation>
    </message>
    <message>
        <source>Some work</source>
        <translation>Manche Arbeit</translation>
    </message>
    <message>
        <source>All work</source>
        <translation>Alle Arbeit</translation>
    </message>
    <message>
        <source>Load of each disk</source>
        <translation>Last jeder Platte</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Beschäftigt</translation>
    </message>
    <message>
        <source>Load of each network</source>
        <translation>Last jedes Netzwerks</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>Keine Zahlen</translation>
    </message>
    <message>
        <source>Load of the host</source>
        <translation>Last des Hosts</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>Memory and load</source>
        <translation>Speicher und Last</translation>
    </message>
    <message>
        <source>Share of the last ten seconds in which work waited (Linux: pressure stall information)</source>
        <translation>Anteil der letzten zehn Sekunden, in dem Arbeit wartete (Linux: pressure stall information)</translation>
    </message>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Swap in use</source>
        <translation>Belegter Auslagerungsspeicher</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Load average</source>
        <translation>Mittlere Last</translation>
    </message>
    <message>
        <source>Over 1, 5 and 15 minutes</source>
        <translation>Über 1, 5 und 15 Minuten</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Platten</translation>
    </message>
</context>
<context>
    <name>ui::HostPage</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>No machines yet</source>
        <translation>Noch keine Maschinen</translation>
    </message>
    <message>
        <source>This host has no virtual machines. Create the first one: it takes a name, and something to boot from.</source>
        <translation>Dieser Host hat keine virtuellen Maschinen. Legen Sie die erste an: Sie braucht einen Namen und etwas, von dem sie startet.</translation>
    </message>
    <message>
        <source>as of %1 (%2)</source>
        <translation>Stand %1 (%2)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Hypervisor</source>
        <translation>Hypervisor</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln läuft</numerusform>
            <numerusform>%Ln laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Views of the host</source>
        <translation>Ansichten des Hosts</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Abbilder</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Datenspeicher</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netzwerke</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
</context>
<context>
    <name>ui::HostText</name>
    <message>
        <source>%1 is still being connected. Wait until it is.</source>
        <translation>%1 wird noch verbunden. Warten Sie, bis es so weit ist.</translation>
    </message>
    <message>
        <source>There is no connection to %1. It is tried again by itself; “Connect again” tries it now.</source>
        <translation>Es gibt keine Verbindung zu %1. Sie wird von selbst wieder versucht; „Neu verbinden“ versucht es jetzt.</translation>
    </message>
    <message>
        <source>The connection to %1 failed. Select the host to see why, then choose “Connect again”.</source>
        <translation>Die Verbindung zu %1 ist gescheitert. Wählen Sie den Host, um den Grund zu sehen, und dann „Neu verbinden“.</translation>
    </message>
    <message>
        <source>%1 is not connected. Select the host and choose “Connect again”.</source>
        <translation>%1 ist nicht verbunden. Wählen Sie den Host und dann „Neu verbinden“.</translation>
    </message>
</context>
<context>
    <name>ui::ImageDialogs</name>
    <message>
        <source>Say where the image is to be.</source>
        <translation>Sagen Sie, wo das Abbild liegen soll.</translation>
    </message>
    <message>
        <source>A path must begin with a slash: %1</source>
        <translation>Ein Pfad muss mit einem Schrägstrich beginnen: %1</translation>
    </message>
    <message>
        <source>Create an overlay on %1</source>
        <translation>Überlagerung von %1 anlegen</translation>
    </message>
    <message>
        <source>Create a disk image</source>
        <translation>Plattenabbild anlegen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>&amp;Path on the host</source>
        <translation>&amp;Pfad auf dem Host</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Say how large it is to be.</source>
        <translation>Sagen Sie, wie groß es sein soll.</translation>
    </message>
    <message>
        <source>An overlay can&apos;t be smaller than what it stands on.</source>
        <translation>Eine Überlagerung kann nicht kleiner sein als das, worauf sie steht.</translation>
    </message>
    <message>
        <source>Keeps only what differs from the image below, which must not be changed from then on.</source>
        <translation>Hält nur, was vom Abbild darunter abweicht; dieses darf von da an nicht mehr geändert werden.</translation>
    </message>
    <message>
        <source>Takes room on the host only as it is filled.</source>
        <translation>Belegt auf dem Host nur so viel Platz, wie es gefüllt wird.</translation>
    </message>
    <message>
        <source>Grow %1</source>
        <translation>%1 vergrößern</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>New &amp;size</source>
        <translation>Neue &amp;Größe</translation>
    </message>
    <message>
        <source>An image can only grow; it has %1 now.</source>
        <translation>Ein Abbild kann nur wachsen; es hat jetzt %1.</translation>
    </message>
    <message>
        <source>Partitions and file systems inside stay as they are until the guest grows them.</source>
        <translation>Partitionen und Dateisysteme darin bleiben, wie sie sind, bis der Gast sie vergrößert.</translation>
    </message>
    <message>
        <source>Convert %1</source>
        <translation>%1 umwandeln</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Umwandeln</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>&amp;Compress what it holds</source>
        <translation>Inhalt &amp;komprimieren</translation>
    </message>
    <message>
        <source>This format can&apos;t be compressed.</source>
        <translation>Dieses Format lässt sich nicht komprimieren.</translation>
    </message>
    <message>
        <source>The copy needs a path of its own.</source>
        <translation>Die Kopie braucht einen eigenen Pfad.</translation>
    </message>
    <message>
        <source>Makes a copy that stands alone; the original stays as it is.</source>
        <translation>Legt eine Kopie an, die für sich steht; das Original bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Flatten %1?</source>
        <translation>%1 eigenständig machen?</translation>
    </message>
    <message>
        <source>What it takes from the images below is copied into it, so that it stands alone. It needs more room then.</source>
        <translation>Was es aus den Abbildern darunter nimmt, wird hineinkopiert, so dass es für sich steht. Es braucht dann mehr Platz.</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Eigenständig machen</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>The file is deleted with all it holds (%1 on disk). This can&apos;t be undone.</source>
        <translation>Die Datei wird mit allem, was sie enthält, gelöscht (%1 auf der Platte). Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ui::ImagesTab</name>
    <message>
        <source>Disk images</source>
        <translation>Plattenabbilder</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Abbild</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>No disk images</source>
        <translation>Keine Plattenabbilder</translation>
    </message>
    <message>
        <source>Create…</source>
        <translation>Anlegen…</translation>
    </message>
    <message>
        <source>Overlay…</source>
        <translation>Überlagern…</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>Vergrößern…</translation>
    </message>
    <message>
        <source>Convert…</source>
        <translation>Umwandeln…</translation>
    </message>
    <message>
        <source>Flatten…</source>
        <translation>Eigenständig…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Abbild</numerusform>
            <numerusform>%Ln Abbildern</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1 was not closed cleanly: check it.</source>
        <translation>%1 wurde nicht sauber geschlossen: prüfen Sie es.</translation>
    </message>
    <message>
        <source>It is a disk of %1.</source>
        <translation>Es ist eine Platte von %1.</translation>
    </message>
    <message>
        <source>Other images stand on it: %1.</source>
        <translation>Andere Abbilder stehen darauf: %1.</translation>
    </message>
    <message>
        <source>Select an image first.</source>
        <translation>Wählen Sie erst ein Abbild aus.</translation>
    </message>
    <message>
        <source>Create an empty image</source>
        <translation>Ein leeres Abbild anlegen</translation>
    </message>
    <message>
        <source>Create an image that stands on this one</source>
        <translation>Ein Abbild anlegen, das auf diesem steht</translation>
    </message>
    <message>
        <source>Make it larger</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Other images stand on it: it must not change.</source>
        <translation>Andere Abbilder stehen darauf: es darf sich nicht ändern.</translation>
    </message>
    <message>
        <source>Copy it into another format</source>
        <translation>In ein anderes Format kopieren</translation>
    </message>
    <message>
        <source>Make it stand alone</source>
        <translation>Für sich stehen lassen</translation>
    </message>
    <message>
        <source>It stands alone already.</source>
        <translation>Es steht schon für sich.</translation>
    </message>
    <message>
        <source>Look for damage in its structure</source>
        <translation>Nach Schäden in seinem Aufbau suchen</translation>
    </message>
    <message>
        <source>A raw image has no structure to check.</source>
        <translation>Ein rohes Abbild hat keinen Aufbau, der zu prüfen wäre.</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>Die Datei löschen</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>%1 is sound.</source>
        <translation>%1 ist unversehrt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is damaged: %Ln place(s).</source>
        <translation>
            <numerusform>%1 ist beschädigt: %Ln Stelle.</numerusform>
            <numerusform>%1 ist beschädigt: %Ln Stellen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cluster(s) are occupied and not used, which is harmless.</source>
        <translation>
            <numerusform>%Ln Cluster ist belegt und unbenutzt, was harmlos ist.</numerusform>
            <numerusform>%Ln Cluster sind belegt und unbenutzt, was harmlos ist.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::InventoryDelegate</name>
    <message>
        <source>connecting</source>
        <translation>verbinde</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>lost, seen %1</source>
        <extracomment>%1 is a time span: &quot;4 min ago&quot;</extracomment>
        <translation>verloren, gesehen %1</translation>
    </message>
    <message>
        <source>Seen last: %1</source>
        <translation>Zuletzt gesehen: %1</translation>
    </message>
    <message>
        <source>Up for %1, since %2</source>
        <translation>In Betrieb seit %1, ab %2</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
</context>
<context>
    <name>ui::KeyTools</name>
    <message>
        <source>Send keys</source>
        <translation>Tasten senden</translation>
    </message>
    <message>
        <source>Send keys that this computer would take itself, or type a text</source>
        <translation>Tasten senden, die dieser Rechner sonst selbst nähme, oder einen Text tippen</translation>
    </message>
    <message>
        <source>&amp;Other keys…</source>
        <translation>&amp;Andere Tasten…</translation>
    </message>
    <message>
        <source>&amp;Type a text…</source>
        <translation>Einen &amp;Text tippen…</translation>
    </message>
    <message>
        <source>&amp;Compose here</source>
        <translation>&amp;Hier zusammensetzen</translation>
    </message>
    <message>
        <source>This computer&apos;s input method composes characters, and what it makes of them is typed, as far as the machine&apos;s keyboard has keys for it</source>
        <translation>Die Eingabemethode dieses Rechners setzt Zeichen zusammen, und was sie daraus macht, wird getippt, soweit die Tastatur der Maschine Tasten dafür hat</translation>
    </message>
    <message>
        <source>The keyboard layout %1 can&apos;t be read.</source>
        <translation>Die Tastaturbelegung %1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The console is not connected.</source>
        <translation>Die Konsole ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Types the clipboard&apos;s text as keys, for machines without an agent</source>
        <translation>Tippt den Text der Zwischenablage als Tasten, für Maschinen ohne Agenten</translation>
    </message>
    <message>
        <source>The console is set to view only: nothing is sent to the machine.</source>
        <translation>Die Konsole ist auf „Nur ansehen“ gestellt: Der Maschine wird nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>ui::LoadBars</name>
    <message>
        <source>CPU %1: %2</source>
        <translation>CPU %1: %2</translation>
    </message>
</context>
<context>
    <name>ui::LoadDetailView</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Load of each vCPU</source>
        <translation>Last jeder vCPU</translation>
    </message>
    <message>
        <source>Load of each disk</source>
        <translation>Last jeder Platte</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>Lesezugriffe</translation>
    </message>
    <message>
        <source>Read latency</source>
        <translation>Lesedauer</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>Schreibzugriffe</translation>
    </message>
    <message>
        <source>Write latency</source>
        <translation>Schreibdauer</translation>
    </message>
    <message>
        <source>Flush latency</source>
        <translation>Flush-Dauer</translation>
    </message>
    <message>
        <source>Latency in detail</source>
        <translation>Dauer im Einzelnen</translation>
    </message>
    <message>
        <source>Reads by time taken</source>
        <translation>Lesezugriffe nach Dauer</translation>
    </message>
    <message>
        <source>Writes by time taken</source>
        <translation>Schreibzugriffe nach Dauer</translation>
    </message>
    <message>
        <source>Load of each network card</source>
        <translation>Last jeder Netzwerkkarte</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Netzwerkkarte</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Packets in</source>
        <translation>Pakete herein</translation>
    </message>
    <message>
        <source>Packets out</source>
        <translation>Pakete hinaus</translation>
    </message>
    <message>
        <source>How many requests of the selected disk took how long</source>
        <translation>Wie viele Anfragen der ausgewählten Platte wie lange dauerten</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>vCPUs</source>
        <translation>vCPUs</translation>
    </message>
    <message>
        <source>More detail is not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Mehr Einzelheiten bietet dieser Host nicht. %1</translation>
    </message>
    <message>
        <source>The machine is off.</source>
        <translation>Die Maschine ist aus.</translation>
    </message>
    <message>
        <source>Left by the balloon</source>
        <translation>Vom Ballon gelassen</translation>
    </message>
    <message>
        <source>Unused in the guest</source>
        <translation>Im Gast unbenutzt</translation>
    </message>
    <message>
        <source>Available in the guest</source>
        <translation>Im Gast verfügbar</translation>
    </message>
    <message>
        <source>What programs could use without swapping</source>
        <translation>Was Programme ohne Auslagern benutzen könnten</translation>
    </message>
    <message>
        <source>Occupied on the host</source>
        <translation>Auf dem Host belegt</translation>
    </message>
    <message>
        <source>Resident set size (RSS)</source>
        <translation>Resident set size (RSS)</translation>
    </message>
    <message>
        <source>Without what is shared</source>
        <translation>Ohne Geteiltes</translation>
    </message>
    <message>
        <source>Proportional set size (PSS): shared pages divided by their users</source>
        <translation>Proportional set size (PSS): geteilte Seiten durch ihre Benutzer geteilt</translation>
    </message>
    <message>
        <source>CPU outside of vCPUs</source>
        <translation>CPU außerhalb der vCPUs</translation>
    </message>
    <message>
        <source>The host counts no latencies of this disk.</source>
        <translation>Der Host zählt für diese Platte keine Dauern.</translation>
    </message>
</context>
<context>
    <name>ui::LookTools</name>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Scale the screen to the window</source>
        <translation>Den Bildschirm dem Fenster anpassen</translation>
    </message>
    <message>
        <source>Show every pixel of the guest as one pixel</source>
        <translation>Jeden Bildpunkt des Gastes als einen Bildpunkt zeigen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Size, sharpness and view only</source>
        <translation>Größe, Schärfe und Nur ansehen</translation>
    </message>
</context>
<context>
    <name>ui::MachineActions</name>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Give it another name</source>
        <translation>Einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Take snapshot…</source>
        <translation>Schnappschuss…</translation>
    </message>
    <message>
        <source>Keep the machine as it is now, to come back to</source>
        <translation>Die Maschine festhalten, wie sie jetzt ist, um dahin zurückzukehren</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen…</translation>
    </message>
    <message>
        <source>Make another machine like it</source>
        <translation>Eine weitere Maschine wie diese anlegen</translation>
    </message>
    <message>
        <source>Start with its host</source>
        <translation>Mit dem Host starten</translation>
    </message>
    <message>
        <source>Start the machine by itself when its host is opened</source>
        <translation>Die Maschine von selbst starten, wenn ihr Host geöffnet wird</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>See and change the parts of the machine</source>
        <translation>Die Teile der Maschine ansehen und ändern</translation>
    </message>
    <message>
        <source>Run in the guest…</source>
        <translation>Im Gast ausführen…</translation>
    </message>
    <message>
        <source>Have the agent in the guest run a program</source>
        <translation>Den Agenten im Gast ein Programm ausführen lassen</translation>
    </message>
    <message>
        <source>Set the guest&apos;s clock</source>
        <translation>Uhr des Gastes stellen</translation>
    </message>
    <message>
        <source>Set the clock of the guest to the host&apos;s</source>
        <translation>Die Uhr des Gastes nach der des Hosts stellen</translation>
    </message>
    <message>
        <source>Select one machine first.</source>
        <translation>Wählen Sie erst eine einzelne Maschine aus.</translation>
    </message>
    <message>
        <source>Make it a machine again</source>
        <translation>Wieder zur Maschine machen</translation>
    </message>
    <message>
        <source>Make template…</source>
        <translation>Zur Vorlage machen…</translation>
    </message>
    <message>
        <source>Let it be started and changed again, as nothing stands on it</source>
        <translation>Wieder starten und ändern lassen, da nichts darauf steht</translation>
    </message>
    <message>
        <source>Keep it as it is, to make clones of</source>
        <translation>So bewahren, wie sie ist, um Klone davon zu machen</translation>
    </message>
    <message>
        <source>A template stays as it is.</source>
        <translation>Eine Vorlage bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The machine does not run.</source>
        <translation>Die Maschine läuft nicht.</translation>
    </message>
    <message>
        <source>Switch the machine off to rename it.</source>
        <translation>Schalten Sie die Maschine aus, um sie umzubenennen.</translation>
    </message>
    <message>
        <source>Switch the machine off first: this host has no instant clones, which a running template is for.</source>
        <translation>Schalten Sie die Maschine erst aus: dieser Host hat keine Sofortklone, für die eine laufende Vorlage da ist.</translation>
    </message>
    <message>
        <source>Switch the machine off first: its disks change while it runs.</source>
        <translation>Schalten Sie die Maschine erst aus: ihre Platten ändern sich, während sie läuft.</translation>
    </message>
    <message>
        <source>Notes and tags…</source>
        <translation>Notizen und Schlagworte…</translation>
    </message>
    <message>
        <source>Write down what the machine is for</source>
        <translation>Aufschreiben, wozu die Maschine da ist</translation>
    </message>
    <message>
        <source>Press Ctrl+Alt+Del</source>
        <translation>Strg+Alt+Entf drücken</translation>
    </message>
    <message>
        <source>Press the keys at the machine, without its console</source>
        <translation>Die Tasten an der Maschine drücken, ohne ihre Konsole</translation>
    </message>
    <message>
        <source>Interrupt (NMI)…</source>
        <translation>Unterbrechen (NMI) …</translation>
    </message>
    <message>
        <source>Raise a non-maskable interrupt: many systems write a report of themselves then</source>
        <translation>Eine nicht maskierbare Unterbrechung auslösen: Viele Systeme schreiben dann einen Bericht über sich</translation>
    </message>
    <message>
        <source>Write memory to a file…</source>
        <translation>Speicher in eine Datei schreiben…</translation>
    </message>
    <message>
        <source>Keep what is in the guest&apos;s memory, for a debugger</source>
        <translation>Für einen Debugger behalten, was im Speicher des Gastes steht</translation>
    </message>
    <message>
        <source>Set a password in the guest…</source>
        <translation>Ein Passwort im Gast setzen…</translation>
    </message>
    <message>
        <source>Have the agent in the guest give a user another password</source>
        <translation>Den Agenten im Gast einem Benutzer ein anderes Passwort geben lassen</translation>
    </message>
    <message>
        <source>Interrupt %1?</source>
        <translation>%1 unterbrechen?</translation>
    </message>
    <message>
        <source>What the guest does then is its own choice: many systems stop with a report of themselves.</source>
        <translation>Was der Gast dann tut, ist seine Sache: Viele Systeme halten mit einem Bericht über sich an.</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>Move to another host…</source>
        <translation>Auf einen anderen Host verschieben…</translation>
    </message>
    <message>
        <source>Password of the screen…</source>
        <translation>Passwort des Bildschirms …</translation>
    </message>
    <message>
        <source>Have the screen ask whoever connects for a password</source>
        <translation>Den Bildschirm von jedem, der sich verbindet, ein Passwort verlangen lassen</translation>
    </message>
    <message>
        <source>This machine has no screen.</source>
        <translation>Diese Maschine hat keinen Bildschirm.</translation>
    </message>
    <message>
        <source>Move the machine to another host, with its disks if need be</source>
        <translation>Die Maschine auf einen anderen Host verschieben, bei Bedarf mit ihren Platten</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Write the disks of the running machine to files on its host</source>
        <translation>Die Platten der laufenden Maschine in Dateien auf ihrem Host schreiben</translation>
    </message>
    <message>
        <source>New checkpoint…</source>
        <translation>Neuer Prüfpunkt …</translation>
    </message>
    <message>
        <source>Have the disks note what is written from now on, for the next backup</source>
        <translation>Die Platten sich für die nächste Sicherung merken lassen, was von jetzt an geschrieben wird</translation>
    </message>
    <message>
        <source>The machine is switched off; start it first (it may be paused).</source>
        <translation>Die Maschine ist ausgeschaltet; starten Sie sie zuerst (angehalten darf sie sein).</translation>
    </message>
</context>
<context>
    <name>ui::MachineDialogs</name>
    <message>
        <source>Give the machine a name.</source>
        <translation>Geben Sie der Maschine einen Namen.</translation>
    </message>
    <message>
        <source>A name can&apos;t contain a slash or begin with a dot.</source>
        <translation>Ein Name darf keinen Schrägstrich enthalten und nicht mit einem Punkt beginnen.</translation>
    </message>
    <message>
        <source>The name is taken by another machine of this host.</source>
        <translation>Eine andere Maschine dieses Hosts trägt den Namen schon.</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>That is its name already.</source>
        <translation>So heißt sie schon.</translation>
    </message>
    <message>
        <source>Take a snapshot of %1</source>
        <translation>Schnappschuss von %1 aufnehmen</translation>
    </message>
    <message>
        <source>Take snapshot</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>From the time, if left empty</source>
        <translation>Aus der Zeit, wenn leer</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>&amp;Keep the memory, too</source>
        <translation>Auch den &amp;Arbeitsspeicher festhalten</translation>
    </message>
    <message>
        <source>A machine that is off has none.</source>
        <translation>Eine ausgeschaltete Maschine hat keinen.</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>&amp;Have the guest write all first</source>
        <translation>Den &amp;Gast erst alles schreiben lassen</translation>
    </message>
    <message>
        <source>Needs the agent in the guest; fails if there is none.</source>
        <translation>Braucht den Agenten im Gast; misslingt ohne ihn.</translation>
    </message>
    <message>
        <source>Keeps the disks as they are now.</source>
        <translation>Hält die Platten fest, wie sie jetzt sind.</translation>
    </message>
    <message>
        <source>Keeps disks and memory: reverting goes on exactly here. The machine stands still for a moment.</source>
        <translation>Hält Platten und Arbeitsspeicher fest: nach der Rückkehr geht es genau hier weiter. Die Maschine steht einen Moment still.</translation>
    </message>
    <message>
        <source>Keeps the disks: reverting boots the guest with its file systems in order.</source>
        <translation>Hält die Platten fest: nach der Rückkehr startet der Gast mit geordneten Dateisystemen.</translation>
    </message>
    <message>
        <source>Keeps the disks: reverting boots the guest as after a power cut.</source>
        <translation>Hält die Platten fest: nach der Rückkehr startet der Gast wie nach einem Stromausfall.</translation>
    </message>
    <message>
        <source>Grow disk %1 of %2</source>
        <translation>Platte %1 von %2 vergrößern</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>New &amp;size</source>
        <translation>Neue &amp;Größe</translation>
    </message>
    <message>
        <source>Say how large it is to be.</source>
        <translation>Sagen Sie, wie groß es sein soll.</translation>
    </message>
    <message>
        <source>A disk can only grow; it has %1 now.</source>
        <translation>Eine Platte kann nur wachsen; sie hat jetzt %1.</translation>
    </message>
    <message>
        <source>The guest sees the new size at once if it runs; its partitions and file systems stay as they are until you grow them in the guest. A disk can&apos;t be made smaller again.</source>
        <translation>Läuft der Gast, sieht er die neue Größe sofort; seine Partitionen und Dateisysteme bleiben, wie sie sind, bis Sie sie im Gast vergrößern. Verkleinern lässt sich eine Platte nicht.</translation>
    </message>
    <message>
        <source>Make %1 a template?</source>
        <translation>%1 zur Vorlage machen?</translation>
    </message>
    <message>
        <source>It is paused for good and becomes the source of instant clones, which begin where it stands now. It can&apos;t be changed, started or removed while anything stands on it; without that it can become a machine again.</source>
        <translation>Sie wird auf Dauer angehalten und zur Quelle von Sofortklonen, die dort beginnen, wo sie jetzt steht. Sie kann nicht geändert, gestartet oder entfernt werden, solange etwas auf ihr steht; sonst kann sie wieder zur Maschine werden.</translation>
    </message>
    <message>
        <source>It becomes a golden image to clone from. It can&apos;t be changed, started or removed while anything stands on it; without that it can become a machine again.</source>
        <translation>Sie wird zum Muster, von dem geklont wird. Sie kann nicht geändert, gestartet oder entfernt werden, solange etwas auf ihr steht; sonst kann sie wieder zur Maschine werden.</translation>
    </message>
    <message>
        <source>Make template</source>
        <translation>Zur Vorlage machen</translation>
    </message>
    <message>
        <source>Revert %1 to snapshot %2?</source>
        <translation>%1 auf Schnappschuss %2 zurücksetzen?</translation>
    </message>
    <message>
        <source>What the machine did since then is lost, unless another snapshot holds it. A running machine is stopped for it.</source>
        <translation>Was die Maschine seither tat, geht verloren, wenn kein anderer Schnappschuss es hält. Eine laufende Maschine wird dafür ausgeschaltet.</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Delete snapshot %1?</source>
        <translation>Schnappschuss %1 löschen?</translation>
    </message>
    <message>
        <source>The machine stays as it is, and so do the other snapshots; only the way back to this one is gone. Merging the disks can take a while.</source>
        <translation>Die Maschine bleibt, wie sie ist, ebenso die anderen Schnappschüsse; nur der Weg zurück zu diesem ist fort. Das Zusammenführen der Platten kann dauern.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Kept &amp;where</source>
        <translation>Au&amp;fbewahrt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Inside the disk images</source>
        <translation>In den Datenträgerabbildern</translation>
    </message>
    <message>
        <source>As a layer</source>
        <translation>Als Schicht</translation>
    </message>
    <message>
        <source>Inside: only qcow2 disks can; nothing grows but the file. As a layer: any disk can; it stays as it is, and what is written goes to a new file. Automatic: inside if all disks can, else as a layer.</source>
        <translation>In den Abbildern: Das können nur qcow2-Datenträger; nichts wächst außer der Datei. Als Schicht: Das kann jeder Datenträger; er bleibt, wie er ist, und was geschrieben wird, kommt in eine neue Datei. Automatisch: in den Abbildern, wenn alle Datenträger es können, sonst als Schicht.</translation>
    </message>
    <message>
        <source>Notes to %1</source>
        <translation>Notizen zu %1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>T&amp;ags</source>
        <translation>S&amp;chlagworte</translation>
    </message>
    <message>
        <source>Words, separated by commas</source>
        <translation>Wörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Write the memory of %1 to a file</source>
        <translation>Den Speicher von %1 in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>&amp;File on the host</source>
        <translation>&amp;Datei auf dem Host</translation>
    </message>
    <message>
        <source>Give the path of a new file, from the root on.</source>
        <translation>Geben Sie den Pfad einer neuen Datei an, von der Wurzel an.</translation>
    </message>
    <message>
        <source>The machine stands still while its memory is written, as ELF for debuggers. It may hold passwords: keep the file to yourself.</source>
        <translation>Die Maschine steht still, während ihr Speicher geschrieben wird, als ELF für Debugger. Er kann Passwörter enthalten: Behalten Sie die Datei für sich.</translation>
    </message>
    <message>
        <source>Set a password in the guest of %1</source>
        <translation>Ein Passwort im Gast von %1 setzen</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Say whose password it is.</source>
        <translation>Geben Sie an, wessen Passwort es ist.</translation>
    </message>
    <message>
        <source>Give a password.</source>
        <translation>Geben Sie ein Passwort an.</translation>
    </message>
    <message>
        <source>The agent in the guest changes it at once.</source>
        <translation>Der Agent im Gast ändert es sofort.</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>This one alone</source>
        <translation>Diesen allein</translation>
    </message>
    <message>
        <source>With those taken after it</source>
        <translation>Mit den danach gemachten</translation>
    </message>
    <message>
        <source>Its entry alone</source>
        <translation>Nur seinen Eintrag</translation>
    </message>
    <message>
        <source>The machine stays as it is; the ways back to this snapshot and to all that were taken after it are gone.</source>
        <translation>Die Maschine bleibt, wie sie ist; die Wege zurück zu diesem Schnappschuss und zu allen danach gemachten sind dann fort.</translation>
    </message>
    <message>
        <source>libvirt forgets the snapshot; the disk images stay as they are, and what they keep of it stays in them.</source>
        <translation>libvirt vergisst den Schnappschuss; die Datenträgerabbilder bleiben, wie sie sind, und was sie davon enthalten, bleibt darin.</translation>
    </message>
    <message>
        <source>Password of the screen of %1</source>
        <translation>Passwort des Bildschirms von %1</translation>
    </message>
    <message>
        <source>VNC</source>
        <translation>VNC</translation>
    </message>
    <message>
        <source>SPICE</source>
        <translation>SPICE</translation>
    </message>
    <message>
        <source>&amp;Screen</source>
        <translation>&amp;Bildschirm</translation>
    </message>
    <message>
        <source>Only the first %1 characters would count.</source>
        <translation>Nur die ersten %1 Zeichen würden zählen.</translation>
    </message>
    <message>
        <source> If the screen asks for none by now, or is to ask for none any more, that begins with the machine&apos;s next start.</source>
        <translation> Verlangt der Bildschirm jetzt keines oder soll er keines mehr verlangen, so gilt das vom nächsten Start der Maschine an.</translation>
    </message>
    <message>
        <source>The screen will ask for no password.</source>
        <translation>Der Bildschirm wird kein Passwort verlangen.</translation>
    </message>
    <message>
        <source>Whoever connects has to give it. It is kept in the machine&apos;s definition; this program gives it by itself.</source>
        <translation>Wer sich verbindet, muss es angeben. Es steht in der Definition der Maschine; dieses Programm gibt es von selbst an.</translation>
    </message>
</context>
<context>
    <name>ui::MachineListTab</name>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
</context>
<context>
    <name>ui::MainToolBar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Find a machine or a command (Ctrl+K)</source>
        <translation>Eine Maschine oder einen Befehl finden (Strg+K)</translation>
    </message>
    <message>
        <source>Search or command</source>
        <extracomment>In the toolbar, with its shortcut</extracomment>
        <translation>Suche oder Befehl</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Connections, appearance, help</source>
        <translation>Verbindungen, Erscheinungsbild, Hilfe</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>Search or command</source>
        <translation>Suche oder Befehl</translation>
    </message>
    <message>
        <source>Filter the machines</source>
        <translation>Maschinen filtern</translation>
    </message>
    <message>
        <source>Console on the whole screen</source>
        <translation>Konsole auf dem ganzen Bildschirm</translation>
    </message>
    <message>
        <source>Show or hide the tasks</source>
        <translation>Aufgaben zeigen oder verbergen</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Alle Hosts</translation>
    </message>
    <message>
        <source>Load of the host</source>
        <translation>Last des Hosts</translation>
    </message>
    <message>
        <source>Disk images of the host</source>
        <translation>Plattenabbilder des Hosts</translation>
    </message>
    <message>
        <source>Trash of the host</source>
        <translation>Papierkorb des Hosts</translation>
    </message>
    <message>
        <source>Overview of the machine</source>
        <translation>Übersicht der Maschine</translation>
    </message>
    <message>
        <source>Performance of the machine</source>
        <translation>Leistung der Maschine</translation>
    </message>
    <message>
        <source>Snapshots of the machine</source>
        <translation>Schnappschüsse der Maschine</translation>
    </message>
    <message>
        <source>Open a connection file…</source>
        <translation>Verbindungsdatei öffnen…</translation>
    </message>
    <message>
        <source>Save a connection file of the console…</source>
        <translation>Verbindungsdatei der Konsole sichern…</translation>
    </message>
    <message>
        <source>Open the console of one machine first</source>
        <translation>Öffnen Sie zuerst die Konsole einer Maschine</translation>
    </message>
    <message>
        <source>Next open console</source>
        <translation>Nächste offene Konsole</translation>
    </message>
    <message>
        <source>Previous open console</source>
        <translation>Vorige offene Konsole</translation>
    </message>
    <message>
        <source>Console in a window of its own</source>
        <translation>Konsole in eigenem Fenster</translation>
    </message>
    <message>
        <source>Screens side by side</source>
        <translation>Bildschirme nebeneinander</translation>
    </message>
    <message>
        <source>Backups of the machine</source>
        <translation>Sicherungen der Maschine</translation>
    </message>
    <message>
        <source>Cancel all tasks that wait</source>
        <translation>Alle wartenden Aufgaben abbrechen</translation>
    </message>
    <message>
        <source>Quit while work is under way?</source>
        <translation>Beenden, obwohl noch gearbeitet wird?</translation>
    </message>
    <message>
        <source>Machines go on running. This work is done by this window or through its connections; what becomes of it:</source>
        <translation>Maschinen laufen weiter. Diese Arbeit geschieht in diesem Fenster oder über seine Verbindungen; was aus ihr wird:</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1: changes of its hardware are not applied, and will be lost</source>
        <translation>%1: Änderungen ihrer Hardware sind nicht übernommen und gehen verloren</translation>
    </message>
    <message>
        <source>Quit without applying the changes?</source>
        <translation>Beenden, ohne die Änderungen zu übernehmen?</translation>
    </message>
    <message>
        <source>Machines go on running. What was changed of these is not stored anywhere:</source>
        <translation>Maschinen laufen weiter. Was an diesen geändert wurde, ist nirgends gespeichert:</translation>
    </message>
</context>
<context>
    <name>ui::MaintenanceDialog</name>
    <message>
        <source>Empty %1</source>
        <translation>%1 leeren</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>move to another host</source>
        <translation>ziehen auf einen anderen Host um</translation>
    </message>
    <message>
        <source>are shut down</source>
        <translation>werden heruntergefahren</translation>
    </message>
    <message>
        <source>are saved to disk</source>
        <translation>werden auf die Platte gesichert</translation>
    </message>
    <message>
        <source>stay: both hosts see the same</source>
        <translation>bleiben: Beide Hosts sehen dieselben</translation>
    </message>
    <message>
        <source>are copied</source>
        <translation>werden kopiert</translation>
    </message>
    <message>
        <source>Its running &amp;machines</source>
        <translation>Seine laufenden &amp;Maschinen</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Zu</translation>
    </message>
    <message>
        <source>&amp;Disks</source>
        <translation>&amp;Datenträger</translation>
    </message>
    <message>
        <source>No machine runs on this host.</source>
        <translation>Auf diesem Host läuft keine Maschine.</translation>
    </message>
    <message>
        <source>Add a connection to another host of this kind first.</source>
        <translation>Fügen Sie erst eine Verbindung zu einem weiteren Host dieser Art hinzu.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) move, a few at a time. Those that can&apos;t move stay, and their tasks say why.</source>
        <translation>
            <numerusform>%Ln Maschine zieht um. Kann sie es nicht, bleibt sie, und ihre Aufgabe sagt, warum.</numerusform>
            <numerusform>%Ln Maschinen ziehen um, einige auf einmal. Die es nicht können, bleiben, und ihre Aufgaben sagen, warum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln guest(s) are asked to shut down; those that don&apos;t, run on.</source>
        <translation>
            <numerusform>%Ln Gast wird gebeten herunterzufahren; tut er es nicht, läuft er weiter.</numerusform>
            <numerusform>%Ln Gäste werden gebeten herunterzufahren; die es nicht tun, laufen weiter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The memory of %Ln machine(s) is written to disk; they go on from there when they are started.</source>
        <translation>
            <numerusform>Der Arbeitsspeicher von %Ln Maschine wird auf die Platte geschrieben; sie macht dort weiter, wenn sie gestartet wird.</numerusform>
            <numerusform>Der Arbeitsspeicher von %Ln Maschinen wird auf die Platte geschrieben; sie machen dort weiter, wenn sie gestartet werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;others</source>
        <translation>Die &amp;übrigen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is a machine, %2 its state: &quot;web (Paused)&quot;</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>stay as they are</source>
        <translation>bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>are resumed, then shut down</source>
        <translation>werden fortgesetzt, dann heruntergefahren</translation>
    </message>
    <message>
        <source>are forced off</source>
        <translation>werden hart ausgeschaltet</translation>
    </message>
    <message>
        <source>None of the machines is in a state for that: %1.</source>
        <translation>Keine der Maschinen ist in einem Zustand dafür: %1.</translation>
    </message>
    <message>
        <source>These stay, since that can&apos;t be done to them now: %1.</source>
        <extracomment>%1 are machines: &quot;web (Paused), db (Starting)&quot;</extracomment>
        <translation>Diese bleiben, da das mit ihnen jetzt nicht geht: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are resumed, then asked to shut down.</source>
        <translation>
            <numerusform>%Ln Maschine wird fortgesetzt, dann gebeten herunterzufahren.</numerusform>
            <numerusform>%Ln Maschinen werden fortgesetzt, dann gebeten herunterzufahren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are saved to disk.</source>
        <translation>
            <numerusform>%Ln Maschine wird auf die Platte gesichert.</numerusform>
            <numerusform>%Ln Maschinen werden auf die Platte gesichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are forced off: what their guests have not written to their disks is lost.</source>
        <translation>
            <numerusform>%Ln Maschine wird hart ausgeschaltet: Was ihr Gast nicht auf seine Platten geschrieben hat, ist verloren.</numerusform>
            <numerusform>%Ln Maschinen werden hart ausgeschaltet: Was ihre Gäste nicht auf ihre Platten geschrieben haben, ist verloren.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MetricChart</name>
    <message>
        <source>%1/s</source>
        <extracomment>A rate: %1 is a unit, such as &quot;MiB&quot;</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>Title of a chart: %1 is what it shows, %2 its unit</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
</context>
<context>
    <name>ui::MigrateDialog</name>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>What is in the way</source>
        <translation>Was im Weg steht</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>Im Einzelnen</translation>
    </message>
    <message>
        <source>Move %1 to another host</source>
        <translation>%1 auf einen anderen Host verschieben</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>&amp;Disks</source>
        <translation>&amp;Datenträger</translation>
    </message>
    <message>
        <source>stay: both hosts see the same</source>
        <translation>bleiben: Beide Hosts sehen dieselben</translation>
    </message>
    <message>
        <source>are copied</source>
        <translation>werden kopiert</translation>
    </message>
    <message>
        <source>are copied, but for the images below that are there already</source>
        <translation>werden kopiert, außer den Abbildern darunter, die schon dort sind</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Weg</translation>
    </message>
    <message>
        <source>this program talks to both</source>
        <translation>dieses Programm spricht mit beiden</translation>
    </message>
    <message>
        <source>the hosts talk to each other</source>
        <translation>die Hosts sprechen miteinander</translation>
    </message>
    <message>
        <source>At &amp;most</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>so schnell es geht</translation>
    </message>
    <message>
        <source>It may go on over there &amp;before all is copied</source>
        <translation>Sie darf dort weiterlaufen, &amp;bevor alles kopiert ist</translation>
    </message>
    <message>
        <source>It may go on over there before all is copied</source>
        <translation>Sie darf dort weiterlaufen, bevor alles kopiert ist</translation>
    </message>
    <message>
        <source>For guests that write faster than is copied (post-copy). If the connection breaks then, the machine is lost.</source>
        <translation>Für Gäste, die schneller schreiben, als kopiert wird (post-copy). Bricht die Verbindung dann ab, ist die Maschine verloren.</translation>
    </message>
    <message>
        <source>&amp;Keep its definition here</source>
        <translation>Ihre Definition hier beha&amp;lten</translation>
    </message>
    <message>
        <source>Keep its definition here</source>
        <translation>Ihre Definition hier behalten</translation>
    </message>
    <message>
        <source>Even if libvirt does not know the disks to be &amp;shared</source>
        <translation>Auch wenn libvirt nicht weiß, dass die Datenträger &amp;geteilt sind</translation>
    </message>
    <message>
        <source>Even if libvirt does not know the disks to be shared</source>
        <translation>Auch wenn libvirt nicht weiß, dass die Datenträger geteilt sind</translation>
    </message>
    <message>
        <source>If they are not, or are cached on both sides, what is on them is damaged.</source>
        <translation>Sind sie es nicht oder werden sie auf beiden Seiten zwischengespeichert, nimmt Schaden, was darauf ist.</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Nichts wurde gefunden</translation>
    </message>
    <message>
        <source>Say which host it is to move to.</source>
        <translation>Geben Sie an, auf welchen Host sie umziehen soll.</translation>
    </message>
    <message>
        <source>This is no address of a host: %1</source>
        <translation>Das ist keine Adresse eines Hosts: %1</translation>
    </message>
    <message>
        <source>Looking for what is in the way…</source>
        <translation>Es wird gesucht, was im Weg steht…</translation>
    </message>
    <message>
        <source>It can&apos;t move like this.</source>
        <translation>So kann sie nicht umziehen.</translation>
    </message>
    <message>
        <source>It goes on running, and stands still for a moment at the end.</source>
        <translation>Sie läuft weiter und steht am Ende einen Moment still.</translation>
    </message>
    <message>
        <source>Its definition moves.</source>
        <translation>Ihre Definition zieht um.</translation>
    </message>
    <message>
        <source>The disks here stay as they are, and are of no use then.</source>
        <translation>Die Datenträger hier bleiben, wie sie sind, und nützen dann nichts mehr.</translation>
    </message>
    <message>
        <source>It can move to QEMU hosts of libvirt: connect to one first.</source>
        <translation>Sie kann auf QEMU-Hosts von libvirt ziehen: Verbinden Sie sich zuerst mit einem.</translation>
    </message>
</context>
<context>
    <name>ui::MigrationView</name>
    <message>
        <source>Beginning…</source>
        <translation>Beginne…</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>Go on over there &amp;now</source>
        <translation>Dort &amp;jetzt weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Go on over there now</source>
        <translation>Dort jetzt weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Cancel the move</source>
        <translation>Den Umzug abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Moving %1</source>
        <translation>%1 zieht um</translation>
    </message>
    <message>
        <source>The guest goes on over there; what is missing of its memory follows. If the connection breaks then, the machine is lost.</source>
        <translation>Der Gast läuft dort weiter; was von seinem Speicher fehlt, folgt nach. Bricht die Verbindung dann ab, ist die Maschine verloren.</translation>
    </message>
    <message>
        <source>The move goes on; the tasks tell how far it is.</source>
        <translation>Der Umzug geht weiter; die Aufgaben sagen, wie weit er ist.</translation>
    </message>
    <message>
        <source>It runs over there already; the rest of its memory follows.</source>
        <translation>Sie läuft schon dort; der Rest ihres Speichers folgt nach.</translation>
    </message>
    <message>
        <source>The guest writes as fast as is copied: it does not end like this. It is slowed down, or can go on over there now if that was allowed.</source>
        <translation>Der Gast schreibt so schnell, wie kopiert wird: So endet es nicht. Er wird gebremst, oder er kann jetzt dort weiterlaufen, wenn das erlaubt wurde.</translation>
    </message>
    <message>
        <source>About %1 left</source>
        <translation>Noch etwa %1</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Kopiere…</translation>
    </message>
    <message>
        <source>Left to copy</source>
        <translation>Noch zu kopieren</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Written by the guest</source>
        <translation>Vom Gast geschrieben</translation>
    </message>
    <message>
        <source>Rounds over the memory</source>
        <translation>Runden über den Speicher</translation>
    </message>
    <message>
        <source>Will stand still for</source>
        <translation>Wird stillstehen für</translation>
    </message>
    <message>
        <source>about %1 ms</source>
        <translation>etwa %1 ms</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>Bisher</translation>
    </message>
    <message>
        <source>It runs over there: there is no way back.</source>
        <translation>Sie läuft dort: Es gibt kein Zurück.</translation>
    </message>
    <message>
        <source>%1 is over there.</source>
        <translation>%1 ist drüben.</translation>
    </message>
    <message>
        <source>Cancelled: %1 runs on here.</source>
        <translation>Abgebrochen: %1 läuft hier weiter.</translation>
    </message>
</context>
<context>
    <name>ui::MoveOptions</name>
    <message>
        <source>&amp;Name there</source>
        <translation>&amp;Name dort</translation>
    </message>
    <message>
        <source>Disks &amp;go into</source>
        <translation>Platten ko&amp;mmen in</translation>
    </message>
    <message>
        <source>Net&amp;work</source>
        <translation>Net&amp;zwerk</translation>
    </message>
    <message>
        <source>&amp;Keep the machine here, and make a copy of it</source>
        <translation>Maschine &amp;hier behalten und eine Kopie anlegen</translation>
    </message>
    <message>
        <source>D&amp;elete its disks on the old host</source>
        <translation>Ihre Platten auf dem alten Host &amp;löschen</translation>
    </message>
    <message>
        <source>Go on although something is &amp;lost</source>
        <translation>Fortfahren, &amp;obwohl etwas verloren geht</translation>
    </message>
    <message>
        <source>Keep the machine here, and make a copy of it</source>
        <translation>Maschine hier behalten und eine Kopie anlegen</translation>
    </message>
    <message>
        <source>The copy has an identity of its own: UUID and MAC addresses are new.</source>
        <translation>Die Kopie hat eine eigene Identität: UUID und MAC-Adressen sind neu.</translation>
    </message>
    <message>
        <source>Delete its disks on the old host</source>
        <translation>Ihre Platten auf dem alten Host löschen</translation>
    </message>
    <message>
        <source>At the end, once the machine is here with all it had. For good.</source>
        <translation>Am Ende, wenn die Maschine mit allem hier ist. Endgültig.</translation>
    </message>
    <message>
        <source>Go on although something is lost</source>
        <translation>Fortfahren, obwohl etwas verloren geht</translation>
    </message>
    <message>
        <source>What it is stands below.</source>
        <translation>Was es ist, steht unten.</translation>
    </message>
    <message>
        <source>For network cards that are in a user-mode network now.</source>
        <translation>Für Netzwerkkarten, die jetzt in einem User-Mode-Netz sind.</translation>
    </message>
    <message>
        <source>%1 (%2 free)</source>
        <translation>%1 (%2 frei)</translation>
    </message>
    <message>
        <source>A user-mode network of its own, as now</source>
        <translation>Ein eigenes User-Mode-Netz, wie jetzt</translation>
    </message>
    <message>
        <source>It can&apos;t move like this.</source>
        <translation>So kann sie nicht umziehen.</translation>
    </message>
    <message>
        <source>Something would be lost: see what, and whether you can do without it.</source>
        <translation>Etwas ginge verloren: Sehen Sie nach, was, und ob Sie darauf verzichten können.</translation>
    </message>
    <message>
        <source>%1 gets a copy of the machine and its disks. Here all stays as it is.</source>
        <translation>%1 bekommt eine Kopie der Maschine und ihrer Platten. Hier bleibt alles, wie es ist.</translation>
    </message>
    <message>
        <source>The machine and its disks go to %1. Once all is there, what was here goes to the trash.</source>
        <translation>Die Maschine und ihre Platten gehen zu %1. Wenn alles dort ist, kommt das Hiesige in den Papierkorb.</translation>
    </message>
    <message>
        <source>The machine and its disks come to %1. Once all is there, it and its disks are deleted on the old host, for good.</source>
        <translation>Die Maschine und ihre Platten kommen zu %1. Wenn alles dort ist, werden sie und ihre Platten auf dem alten Host endgültig gelöscht.</translation>
    </message>
    <message>
        <source>The machine and its disks come to %1. Once all is there, it is removed from the old host; its disks stay there, unused.</source>
        <translation>Die Maschine und ihre Platten kommen zu %1. Wenn alles dort ist, wird sie vom alten Host entfernt; ihre Platten bleiben dort unbenutzt liegen.</translation>
    </message>
</context>
<context>
    <name>ui::MoveText</name>
    <message>
        <source>%1 are free, about %2 are needed.</source>
        <translation>%1 sind frei, etwa %2 werden gebraucht.</translation>
    </message>
    <message>
        <source>Between these two hosts nothing can move like this.</source>
        <translation>Zwischen diesen beiden Hosts lässt sich so nichts verschieben.</translation>
    </message>
    <message>
        <source>It goes between this computer and QEMU hosts of libvirt.</source>
        <translation>Das geht zwischen diesem Rechner und QEMU-Hosts von libvirt.</translation>
    </message>
    <message>
        <source>The disks of %1 are on that computer, out of reach from here.</source>
        <translation>Die Platten von %1 liegen auf jenem Rechner und sind von hier nicht erreichbar.</translation>
    </message>
    <message>
        <source>Move the machine with a VirtDeck that runs there.</source>
        <translation>Verschieben Sie die Maschine mit einem VirtDeck, das dort läuft.</translation>
    </message>
    <message>
        <source>%1 can&apos;t take part in this.</source>
        <translation>%1 kann daran nicht teilnehmen.</translation>
    </message>
    <message>
        <source>The host over there has no running storage pool of files.</source>
        <translation>Der Host drüben hat keinen laufenden Speicherpool für Dateien.</translation>
    </message>
    <message>
        <source>There is no storage pool called %1 over there.</source>
        <translation>Drüben gibt es keinen Speicherpool namens %1.</translation>
    </message>
    <message>
        <source>Make one in its Storage tab, or choose another.</source>
        <translation>Legen Sie einen auf seiner Seite „Datenspeicher“ an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The storage pool %1 does not run.</source>
        <translation>Der Speicherpool %1 läuft nicht.</translation>
    </message>
    <message>
        <source>Start it in the Storage tab of its host.</source>
        <translation>Starten Sie ihn auf der Seite „Datenspeicher“ seines Hosts.</translation>
    </message>
    <message>
        <source>There is too little room in %1.</source>
        <translation>In %1 ist zu wenig Platz.</translation>
    </message>
    <message>
        <source>The network %1 is not there, or does not run.</source>
        <translation>Das Netzwerk %1 gibt es dort nicht, oder es läuft nicht.</translation>
    </message>
    <message>
        <source>Start it in the Networks tab of its host, or choose another.</source>
        <translation>Starten Sie es auf der Seite „Netzwerke“ seines Hosts, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>%1 is not switched off.</source>
        <translation>%1 ist nicht ausgeschaltet.</translation>
    </message>
    <message>
        <source>Shut it down: its disks change while it runs.</source>
        <translation>Fahren Sie sie herunter: Ihre Platten ändern sich, während sie läuft.</translation>
    </message>
    <message>
        <source>%1 has saved memory, which would not fit any more.</source>
        <translation>%1 hat gespeicherten Arbeitsspeicher, der dann nicht mehr passt.</translation>
    </message>
    <message>
        <source>Start it and shut it down, or discard what was saved.</source>
        <translation>Starten Sie sie und fahren Sie sie herunter, oder verwerfen Sie das Gespeicherte.</translation>
    </message>
    <message>
        <source>%1 is a template.</source>
        <translation>%1 ist eine Vorlage.</translation>
    </message>
    <message>
        <source>Move a clone of it instead.</source>
        <translation>Verschieben Sie stattdessen einen Klon davon.</translation>
    </message>
    <message>
        <source>Another machine over there is called %1.</source>
        <translation>Eine andere Maschine dort heißt %1.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The machine is over there already, as %1.</source>
        <translation>Die Maschine ist schon drüben, als %1.</translation>
    </message>
    <message>
        <source>Remove that one, or make a copy with an identity of its own.</source>
        <translation>Entfernen Sie jene, oder machen Sie eine Kopie mit eigener Identität.</translation>
    </message>
    <message>
        <source>The definition can&apos;t be carried over: %1</source>
        <translation>Die Definition lässt sich nicht übertragen: %1</translation>
    </message>
    <message>
        <source>Its snapshots stay behind (%1).</source>
        <translation>Ihre Schnappschüsse bleiben zurück (%1).</translation>
    </message>
    <message>
        <source>The machine goes on from its present state.</source>
        <translation>Die Maschine macht von ihrem jetzigen Stand aus weiter.</translation>
    </message>
    <message>
        <source>Others need the disk %1: %2.</source>
        <translation>Andere brauchen die Platte %1: %2.</translation>
    </message>
    <message>
        <source>Make a copy, which leaves it where it is.</source>
        <translation>Machen Sie eine Kopie, die sie lässt, wo sie ist.</translation>
    </message>
    <message>
        <source>A device of the host (%1) belongs to the machine.</source>
        <translation>Zur Maschine gehört ein Gerät des Hosts (%1).</translation>
    </message>
    <message>
        <source>Remove it from the hardware first: it can&apos;t come along.</source>
        <translation>Entfernen Sie es zuerst aus der Hardware: Es kann nicht mitkommen.</translation>
    </message>
    <message>
        <source>The folder %1 of the host is shared with the guest.</source>
        <translation>Der Ordner %1 des Hosts ist für den Gast freigegeben.</translation>
    </message>
    <message>
        <source>What is in it does not come along; over there it is the folder of that name.</source>
        <translation>Sein Inhalt kommt nicht mit; drüben ist es der Ordner dieses Namens.</translation>
    </message>
    <message>
        <source>What its TPM holds can&apos;t be read, and stays behind.</source>
        <translation>Was ihr TPM enthält, lässt sich nicht lesen und bleibt zurück.</translation>
    </message>
    <message>
        <source>Disks that are encrypted with it (BitLocker) will ask for their recovery key.</source>
        <translation>Damit verschlüsselte Platten (BitLocker) fragen dann nach ihrem Wiederherstellungsschlüssel.</translation>
    </message>
    <message>
        <source>The variables of its firmware stay behind.</source>
        <translation>Die Variablen ihrer Firmware bleiben zurück.</translation>
    </message>
    <message>
        <source>Boot entries and enrolled keys begin anew.</source>
        <translation>Starteinträge und hinterlegte Schlüssel beginnen von vorn.</translation>
    </message>
    <message>
        <source>The host over there does not support %1.</source>
        <translation>Der Host drüben unterstützt %1 nicht.</translation>
    </message>
    <message>
        <source>The host over there does not support %1: %2.</source>
        <translation>Der Host drüben unterstützt %1 nicht: %2.</translation>
    </message>
    <message>
        <source>Change or remove it in the hardware first.</source>
        <translation>Ändern oder entfernen Sie es zuerst in der Hardware.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read.</source>
        <translation>%1 lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>It is in no storage pool of files that could be read: %1</source>
        <translation>Es liegt in keinem Speicherpool für Dateien, der sich lesen ließe: %1</translation>
    </message>
    <message>
        <source>Disk %1 stands on another image, and will stand alone.</source>
        <translation>Platte %1 baut auf einem anderen Abbild auf und wird dann allein stehen.</translation>
    </message>
    <message>
        <source>Disk %1 is converted.</source>
        <translation>Platte %1 wird umgewandelt.</translation>
    </message>
    <message>
        <source>Disk %1 is shared with other machines.</source>
        <translation>Platte %1 wird mit anderen Maschinen geteilt.</translation>
    </message>
    <message>
        <source>What arrives is a copy of it.</source>
        <translation>Was ankommt, ist eine Kopie davon.</translation>
    </message>
    <message>
        <source>The drive %1 will be empty.</source>
        <translation>Das Laufwerk %1 wird leer sein.</translation>
    </message>
    <message>
        <source>Its medium stays here: %1</source>
        <translation>Sein Medium bleibt hier: %1</translation>
    </message>
    <message>
        <source>The card %1 gets another network.</source>
        <translation>Die Karte %1 bekommt ein anderes Netzwerk.</translation>
    </message>
    <message>
        <source>Ports of this computer no longer lead to the card %1.</source>
        <translation>Ports dieses Rechners führen nicht mehr zur Karte %1.</translation>
    </message>
    <message>
        <source>Its screen (%1) is reached in another way.</source>
        <translation>Ihr Bildschirm (%1) wird anders erreicht.</translation>
    </message>
    <message>
        <source>It will be slower.</source>
        <translation>Sie wird langsamer sein.</translation>
    </message>
    <message>
        <source>The host over there has no KVM.</source>
        <translation>Der Host drüben hat kein KVM.</translation>
    </message>
    <message>
        <source>It stays without hardware acceleration.</source>
        <translation>Sie bleibt ohne Hardwarebeschleunigung.</translation>
    </message>
    <message>
        <source>There is KVM over there, but the machine&apos;s type is “qemu”.</source>
        <translation>Drüben gibt es KVM, aber der Typ der Maschine ist „qemu“.</translation>
    </message>
</context>
<context>
    <name>ui::NetworkDialogs</name>
    <message>
        <source>Stop network %1?</source>
        <translation>Netzwerk %1 beenden?</translation>
    </message>
    <message>
        <source>No machine can start in it until it runs again.</source>
        <translation>Keine Maschine kann darin starten, bis es wieder läuft.</translation>
    </message>
    <message>
        <source>These machines are cut off, and stay so until they are started anew:</source>
        <translation>Diese Maschinen werden abgeschnitten und bleiben es, bis sie von Neuem gestartet werden:</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Definition of network %1</source>
        <translation>Definition des Netzwerks %1</translation>
    </message>
    <message>
        <source>It counts when the network is started the next time.</source>
        <translation>Sie gilt, wenn das Netzwerk das nächste Mal gestartet wird.</translation>
    </message>
    <message>
        <source>It counts when the network is started.</source>
        <translation>Sie gilt, wenn das Netzwerk gestartet wird.</translation>
    </message>
    <message>
        <source>Delete network %1?</source>
        <translation>Netzwerk %1 löschen?</translation>
    </message>
    <message>
        <source>The host forgets it. Machines that are defined with it can&apos;t start any more.</source>
        <translation>Der Host vergisst es. Maschinen, in deren Definition es steht, können nicht mehr starten.</translation>
    </message>
    <message>
        <source>It is stopped and forgotten. These machines are cut off:</source>
        <translation>Es wird beendet und vergessen. Diese Maschinen werden abgeschnitten:</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ui::NetworksTab</name>
    <message>
        <source>Networks</source>
        <translation>Netzwerke</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>Starts with host</source>
        <translation>Startet mit dem Host</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Addresses given out (DHCP)</source>
        <translation>Vergebene Adressen (DHCP)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>No networks</source>
        <translation>Keine Netzwerke</translation>
    </message>
    <message>
        <source>New network…</source>
        <translation>Neues Netzwerk…</translation>
    </message>
    <message>
        <source>Add a network</source>
        <translation>Ein Netzwerk hinzufügen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the network</source>
        <translation>Das Netzwerk starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the network; machines in it are cut off</source>
        <translation>Das Netzwerk beenden; Maschinen darin werden abgeschnitten</translation>
    </message>
    <message>
        <source>Autostart</source>
        <translation>Autostart</translation>
    </message>
    <message>
        <source>Whether the network starts with its host</source>
        <translation>Ob das Netzwerk mit seinem Host startet</translation>
    </message>
    <message>
        <source>Edit XML…</source>
        <translation>XML bearbeiten…</translation>
    </message>
    <message>
        <source>Change the stored definition of the network</source>
        <translation>Die gespeicherte Definition des Netzwerks ändern</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Forget the network</source>
        <translation>Das Netzwerk vergessen</translation>
    </message>
    <message>
        <source>No addresses given out</source>
        <translation>Keine Adressen vergeben</translation>
    </message>
    <message>
        <source>Machines reach each other, their host and the outside through networks. Add the first one.</source>
        <translation>Maschinen erreichen einander, ihren Host und die Außenwelt über Netzwerke. Fügen Sie das erste hinzu.</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>DHCP from %1 to %2</source>
        <translation>DHCP von %1 bis %2</translation>
    </message>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message>
        <source>The network is stopped.</source>
        <translation>Das Netzwerk ist nicht gestartet.</translation>
    </message>
    <message>
        <source>This network gives out no addresses itself.</source>
        <translation>Dieses Netzwerk vergibt selbst keine Adressen.</translation>
    </message>
    <message>
        <source>No machine has asked for an address yet.</source>
        <translation>Noch hat keine Maschine um eine Adresse gebeten.</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>auf Dauer</translation>
    </message>
    <message>
        <source>Select a network first.</source>
        <translation>Wählen Sie erst ein Netzwerk aus.</translation>
    </message>
    <message>
        <source>It runs already.</source>
        <translation>Läuft schon.</translation>
    </message>
    <message>
        <source>It is stopped already.</source>
        <translation>Ist schon beendet.</translation>
    </message>
    <message>
        <source>It is gone when it stops: there is nothing to start.</source>
        <translation>Nach dem Beenden bliebe nichts, was sich starten ließe.</translation>
    </message>
    <message>
        <source>No autostart</source>
        <translation>Kein Autostart</translation>
    </message>
</context>
<context>
    <name>ui::NewMachineDialog</name>
    <message>
        <source>New machine</source>
        <translation>Neue Maschine</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>New disk</source>
        <translation>Neue Platte</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Boot from</source>
        <translation>Starten von</translation>
    </message>
    <message>
        <source>Installation medium (ISO image)</source>
        <translation>Installationsmedium (ISO-Abbild)</translation>
    </message>
    <message>
        <source>Existing disk image</source>
        <translation>Vorhandenes Plattenabbild</translation>
    </message>
    <message>
        <source>Linux kernel and initrd</source>
        <translation>Linux-Kernel und Initrd</translation>
    </message>
    <message>
        <source>Nothing for now</source>
        <translation>Vorerst nichts</translation>
    </message>
    <message>
        <source>ISO image</source>
        <translation>ISO-Abbild</translation>
    </message>
    <message>
        <source>ISO images (*.iso);;All files (*)</source>
        <translation>ISO-Abbilder (*.iso);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Disk image</source>
        <translation>Plattenabbild</translation>
    </message>
    <message>
        <source>Disk images (*.qcow2 *.img *.raw *.vmdk *.vdi);;All files (*)</source>
        <translation>Plattenabbilder (*.qcow2 *.img *.raw *.vmdk *.vdi);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Initrd</source>
        <translation>Initrd</translation>
    </message>
    <message>
        <source>Kernel command line</source>
        <translation>Kernel-Befehlszeile</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>&amp;Arbeitsspeicher</translation>
    </message>
    <message>
        <source>&amp;CPUs</source>
        <translation>&amp;CPUs</translation>
    </message>
    <message>
        <source>&amp;Boot from</source>
        <translation>&amp;Starten von</translation>
    </message>
    <message>
        <source>&amp;ISO image</source>
        <translation>&amp;ISO-Abbild</translation>
    </message>
    <message>
        <source>Disk &amp;image</source>
        <translation>&amp;Plattenabbild</translation>
    </message>
    <message>
        <source>&amp;Kernel</source>
        <translation>&amp;Kernel</translation>
    </message>
    <message>
        <source>Ini&amp;trd</source>
        <translation>Ini&amp;trd</translation>
    </message>
    <message>
        <source>Command &amp;line</source>
        <translation>&amp;Befehlszeile</translation>
    </message>
    <message>
        <source>New &amp;disk</source>
        <translation>Neue P&amp;latte</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose an ISO image, or something else to boot from.</source>
        <translation>Wählen Sie ein ISO-Abbild oder etwas anderes zum Starten.</translation>
    </message>
    <message>
        <source>Choose a disk image, or something else to boot from.</source>
        <translation>Wählen Sie ein Plattenabbild oder etwas anderes zum Starten.</translation>
    </message>
    <message>
        <source>Choose a kernel, or something else to boot from.</source>
        <translation>Wählen Sie einen Kernel oder etwas anderes zum Starten.</translation>
    </message>
    <message>
        <source>A path must begin with a slash: %1</source>
        <translation>Ein Pfad muss mit einem Schrägstrich beginnen: %1</translation>
    </message>
    <message>
        <source>No connected host can create machines.</source>
        <translation>Kein verbundener Host kann Maschinen anlegen.</translation>
    </message>
    <message>
        <source>Give the machine a name.</source>
        <translation>Geben Sie der Maschine einen Namen.</translation>
    </message>
    <message>
        <source>A name can&apos;t contain a slash or begin with a dot.</source>
        <translation>Ein Name darf keinen Schrägstrich enthalten und nicht mit einem Punkt beginnen.</translation>
    </message>
    <message>
        <source>The name is taken by another machine of this host.</source>
        <translation>Eine andere Maschine dieses Hosts trägt den Namen schon.</translation>
    </message>
    <message>
        <source>Creates a machine with %1, %2 memory and a new disk of %3 on %4.</source>
        <extracomment>%1 is &quot;2 CPUs&quot;, %2 and %3 are amounts (&quot;2 GiB&quot;), %4 is a host</extracomment>
        <translation>Legt eine Maschine mit %1, %2 Arbeitsspeicher und einer neuen Platte von %3 an: %4.</translation>
    </message>
    <message>
        <source>Creates a machine with %1 and %2 memory on %3.</source>
        <extracomment>%1 is &quot;2 CPUs&quot;, %2 is an amount (&quot;2 GiB&quot;), %3 is a host</extracomment>
        <translation>Legt eine Maschine mit %1 und %2 Arbeitsspeicher an: %3.</translation>
    </message>
    <message>
        <source>That is more memory than the host has (%1).</source>
        <translation>Das ist mehr Arbeitsspeicher, als der Host hat (%1).</translation>
    </message>
    <message>
        <source>That is more CPUs than the host has (%1).</source>
        <translation>Das sind mehr CPUs, als der Host hat (%1).</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with Secure Boot</source>
        <translation>UEFI mit Secure Boot</translation>
    </message>
    <message>
        <source>New systems expect UEFI; Windows 11 wants Secure Boot and a TPM.</source>
        <translation>Neue Systeme erwarten UEFI; Windows 11 will Secure Boot und ein TPM.</translation>
    </message>
    <message>
        <source>With a &amp;TPM 2</source>
        <translation>Mit einem &amp;TPM 2</translation>
    </message>
    <message>
        <source>With a TPM 2</source>
        <translation>Mit einem TPM 2</translation>
    </message>
    <message>
        <source>Start with its h&amp;ost</source>
        <translation>Mit dem H&amp;ost starten</translation>
    </message>
    <message>
        <source>Start with its host</source>
        <translation>Mit dem Host starten</translation>
    </message>
    <message>
        <source>&amp;Firmware</source>
        <translation>&amp;Firmware</translation>
    </message>
    <message>
        <source>Extras</source>
        <translation>Zusätze</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>The storage pool of the host that the new disk is made in.</source>
        <translation>Der Speicherpool des Hosts, in dem die neue Platte angelegt wird.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>The network of the host that the machine&apos;s network card is in.</source>
        <translation>Das Netzwerk des Hosts, in dem die Netzwerkkarte der Maschine ist.</translation>
    </message>
    <message>
        <source>In &amp;pool</source>
        <translation>Im &amp;Pool</translation>
    </message>
    <message>
        <source>Net&amp;work</source>
        <translation>Net&amp;zwerk</translation>
    </message>
    <message>
        <source>%1 (%2 free)</source>
        <translation>%1 (%2 frei)</translation>
    </message>
    <message>
        <source>A user-mode network of its own</source>
        <translation>Ein eigenes Netzwerk im Benutzermodus</translation>
    </message>
    <message>
        <source>No storage pool of this host can take a new disk: start or make one on its page, under Storage, or do without a new disk.</source>
        <translation>Kein Speicherpool dieses Hosts kann eine neue Platte aufnehmen: Starten Sie einen auf seiner Seite unter „Datenspeicher“, legen Sie dort einen an, oder verzichten Sie auf eine neue Platte.</translation>
    </message>
    <message>
        <source>The host chooses the disk&apos;s storage pool.</source>
        <translation>Den Speicherpool der Platte wählt der Host.</translation>
    </message>
    <message>
        <source>The disk goes into the pool %1.</source>
        <translation>Die Platte kommt in den Pool %1.</translation>
    </message>
    <message>
        <source>Its network is %1.</source>
        <translation>Ihr Netzwerk ist %1.</translation>
    </message>
    <message>
        <source>The host chooses its network.</source>
        <translation>Ihr Netzwerk wählt der Host.</translation>
    </message>
    <message>
        <source>Its user-mode network reaches others, but isn&apos;t reached from outside.</source>
        <translation>Ihr Netzwerk im Benutzermodus erreicht andere, ist von außen aber nicht erreichbar.</translation>
    </message>
    <message>
        <source>There is no such file yet: %1</source>
        <translation>Eine solche Datei gibt es noch nicht: %1</translation>
    </message>
</context>
<context>
    <name>ui::NewNetworkDialog</name>
    <message>
        <source>New network</source>
        <translation>Neues Netzwerk</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Another one, as XML</source>
        <translation>Ein anderes, als XML</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>&amp;Bridge of the host</source>
        <translation>&amp;Bridge des Hosts</translation>
    </message>
    <message>
        <source>&amp;Leads out through</source>
        <translation>Führt &amp;hinaus über</translation>
    </message>
    <message>
        <source>any device of the host</source>
        <translation>jedes Gerät des Hosts</translation>
    </message>
    <message>
        <source>&amp;Address of the host in it</source>
        <translation>A&amp;dresse des Hosts darin</translation>
    </message>
    <message>
        <source>&amp;Give addresses to machines (DHCP)</source>
        <translation>Adressen an Maschinen ver&amp;geben (DHCP)</translation>
    </message>
    <message>
        <source>Give addresses to machines (DHCP)</source>
        <translation>Adressen an Maschinen vergeben (DHCP)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>B&amp;is</translation>
    </message>
    <message>
        <source>&amp;Domain of names</source>
        <translation>Do&amp;mäne der Namen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>&amp;XML</source>
        <translation>&amp;XML</translation>
    </message>
    <message>
        <source>Start it at &amp;once</source>
        <translation>&amp;Sofort starten</translation>
    </message>
    <message>
        <source>Start it with its &amp;host</source>
        <translation>Mit dem H&amp;ost starten</translation>
    </message>
    <message>
        <source>Start it at once</source>
        <translation>Sofort starten</translation>
    </message>
    <message>
        <source>Start it with its host</source>
        <translation>Mit dem Host starten</translation>
    </message>
    <message>
        <source>Libvirt on the host judges the definition.</source>
        <translation>Über die Definition urteilt libvirt auf dem Host.</translation>
    </message>
    <message>
        <source>Give the host an address in it.</source>
        <translation>Geben Sie dem Host eine Adresse darin.</translation>
    </message>
    <message>
        <source>An address with its prefix is needed, such as 192.168.150.1/24.</source>
        <translation>Gebraucht wird eine Adresse mit ihrem Präfix, etwa 192.168.150.1/24.</translation>
    </message>
    <message>
        <source>%1 is no address of this network.</source>
        <translation>%1 ist keine Adresse dieses Netzwerks.</translation>
    </message>
    <message>
        <source>Give the network a name.</source>
        <translation>Geben Sie dem Netzwerk einen Namen.</translation>
    </message>
    <message>
        <source>The name of a network has no slash.</source>
        <translation>Der Name eines Netzwerks hat keinen Schrägstrich.</translation>
    </message>
    <message>
        <source>Name the bridge of the host.</source>
        <translation>Nennen Sie die Bridge des Hosts.</translation>
    </message>
</context>
<context>
    <name>ui::NewPoolDialog</name>
    <message>
        <source>New storage pool</source>
        <translation>Neuer Speicherpool</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Another one, as XML</source>
        <translation>Ein anderes, als XML</translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation>A&amp;rt</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;XML</source>
        <translation>&amp;XML</translation>
    </message>
    <message>
        <source>Start it &amp;at once</source>
        <translation>Sofor&amp;t starten</translation>
    </message>
    <message>
        <source>Start it with its &amp;host</source>
        <translation>Mit dem H&amp;ost starten</translation>
    </message>
    <message>
        <source>Start it at once</source>
        <translation>Sofort starten</translation>
    </message>
    <message>
        <source>Start it with its host</source>
        <translation>Mit dem Host starten</translation>
    </message>
    <message>
        <source>Se&amp;cret (UUID)</source>
        <translation>G&amp;eheimnis (UUID)</translation>
    </message>
    <message>
        <source>Of a secret that libvirt on the host keeps: virsh secret-define</source>
        <translation>Eines Geheimnisses, das libvirt auf dem Host aufbewahrt: virsh secret-define</translation>
    </message>
    <message>
        <source>&amp;Make the folder if it is not there</source>
        <translation>Den Ordner an&amp;legen, wenn es ihn nicht gibt</translation>
    </message>
    <message>
        <source>&amp;Format what it is made of: all data on it is lost</source>
        <translation>Formatieren, &amp;woraus er besteht: Alle Daten darauf gehen verloren</translation>
    </message>
    <message>
        <source>Give the pool a name.</source>
        <translation>Geben Sie dem Pool einen Namen.</translation>
    </message>
    <message>
        <source>The name of a pool has no slash.</source>
        <translation>Der Name eines Pools hat keinen Schrägstrich.</translation>
    </message>
    <message>
        <source>Say where its volumes are to be found: a path that begins with a slash.</source>
        <translation>Geben Sie an, wo seine Volumes zu finden sind: mit einem Pfad, der mit einem Schrägstrich beginnt.</translation>
    </message>
    <message>
        <source>Still missing: %1</source>
        <translation>Noch fehlt: %1</translation>
    </message>
    <message>
        <source>Name the secret that the user logs in with.</source>
        <translation>Nennen Sie das Geheimnis, mit dem sich der Benutzer anmeldet.</translation>
    </message>
    <message>
        <source>All data on the devices is lost. If there is something on them already, nothing is done.</source>
        <translation>Alle Daten auf den Geräten gehen verloren. Ist schon etwas darauf, geschieht nichts.</translation>
    </message>
    <message>
        <source>Libvirt on the host judges the definition.</source>
        <translation>Über die Definition urteilt libvirt auf dem Host.</translation>
    </message>
</context>
<context>
    <name>ui::OverviewTab</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Up since</source>
        <translation>In Betrieb seit</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>libvirt: vcpu</source>
        <translation>libvirt: vcpu</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>libvirt: memory</source>
        <translation>libvirt: memory</translation>
    </message>
    <message>
        <source>Machine type</source>
        <translation>Maschinentyp</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Network cards</source>
        <translation>Netzwerkkarten</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>Changes of its definition wait for its next start; see Hardware.</source>
        <translation>Änderungen ihrer Definition warten auf ihren nächsten Start; siehe Hardware.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>yes, to make clones of</source>
        <translation>ja, um Klone davon zu machen</translation>
    </message>
    <message>
        <source>Stands on</source>
        <translation>Steht auf</translation>
    </message>
    <message>
        <source>Its disks keep only the difference</source>
        <translation>Ihre Platten halten nur den Unterschied</translation>
    </message>
    <message>
        <source>Saved memory</source>
        <translation>Gesicherter Speicher</translation>
    </message>
    <message>
        <source>yes; the next start goes on from there</source>
        <translation>ja; der nächste Start macht dort weiter</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>Die Konsole öffnen</translation>
    </message>
    <message>
        <source>This machine has no console</source>
        <translation>Diese Maschine hat keine Konsole</translation>
    </message>
    <message>
        <source>Screen of %1, opens the console</source>
        <translation>Bildschirm von %1, öffnet die Konsole</translation>
    </message>
    <message>
        <source>%1 × %2, %3</source>
        <extracomment>Size of a screen in pixels, then when its picture was taken</extracomment>
        <translation>%1 × %2, %3</translation>
    </message>
    <message>
        <source>%1 ↓ %2 ↑</source>
        <extracomment>Two rates: read and written, or received and sent</extracomment>
        <translation>%1 ↓ %2 ↑</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagworte</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>In the inventory of the vCenter</source>
        <translation>Im Inventar des vCenters</translation>
    </message>
</context>
<context>
    <name>ui::PageStack</name>
    <message>
        <source>Welcome to VirtDeck</source>
        <translation>Willkommen bei VirtDeck</translation>
    </message>
    <message>
        <source>VirtDeck runs virtual machines on this computer and on other hosts, all in one window. Begin by adding a connection: this computer needs no preparation, other hosts are reached through libvirt.</source>
        <translation>VirtDeck betreibt virtuelle Maschinen auf diesem Computer und auf anderen Hosts, alle in einem Fenster. Fügen Sie zuerst eine Verbindung hinzu: Dieser Computer braucht keine Vorbereitung, andere Hosts werden über libvirt erreicht.</translation>
    </message>
</context>
<context>
    <name>ui::PanelStack</name>
    <message>
        <source>Asking the host…</source>
        <translation>Der Host wird gefragt…</translation>
    </message>
</context>
<context>
    <name>ui::PasswordPrompt</name>
    <message>
        <source>User name for the console of %1</source>
        <translation>Benutzername für die Konsole von %1</translation>
    </message>
    <message>
        <source>Password for the console of %1</source>
        <translation>Passwort für die Konsole von %1</translation>
    </message>
</context>
<context>
    <name>ui::PathEdit</name>
    <message>
        <source>Path on the host</source>
        <translation>Pfad auf dem Host</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>Files of another computer can&apos;t be browsed here.</source>
        <translation>Dateien eines anderen Computers lassen sich hier nicht durchsuchen.</translation>
    </message>
    <message>
        <source>Path on this computer</source>
        <translation>Pfad auf diesem Rechner</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
</context>
<context>
    <name>ui::PerformanceTab</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message>
        <source>The machine is off.</source>
        <translation>Die Maschine ist aus.</translation>
    </message>
</context>
<context>
    <name>ui::PicturePreferences</name>
    <message>
        <source>As the &amp;machine has it</source>
        <translation>Wie die &amp;Maschine es hat</translation>
    </message>
    <message>
        <source>What its definition says. From the next connection on, if another was chosen before.</source>
        <translation>Was ihre Definition sagt. Von der nächsten Verbindung an, wenn vorher etwas anderes gewählt war.</translation>
    </message>
    <message>
        <source>&amp;Automatic, with a dictionary</source>
        <translation>&amp;Automatisch, mit Wörterbuch</translation>
    </message>
    <message>
        <source>For slow lines: photographs by QUIC, the rest by GLZ</source>
        <translation>Für langsame Leitungen: Fotos mit QUIC, der Rest mit GLZ</translation>
    </message>
    <message>
        <source>Automatic, &amp;without a dictionary</source>
        <translation>Automatisch, &amp;ohne Wörterbuch</translation>
    </message>
    <message>
        <source>Photographs by QUIC, the rest by LZ</source>
        <translation>Fotos mit QUIC, der Rest mit LZ</translation>
    </message>
    <message>
        <source>&amp;QUIC</source>
        <translation>&amp;QUIC</translation>
    </message>
    <message>
        <source>For photographs</source>
        <translation>Für Fotos</translation>
    </message>
    <message>
        <source>&amp;GLZ</source>
        <translation>&amp;GLZ</translation>
    </message>
    <message>
        <source>For drawings and text that come again</source>
        <translation>Für Zeichnungen und Text, die wiederkehren</translation>
    </message>
    <message>
        <source>&amp;LZ</source>
        <translation>&amp;LZ</translation>
    </message>
    <message>
        <source>For drawings and text</source>
        <translation>Für Zeichnungen und Text</translation>
    </message>
    <message>
        <source>LZ&amp;4</source>
        <translation>LZ&amp;4</translation>
    </message>
    <message>
        <source>Quick, and not much smaller</source>
        <translation>Schnell, und nicht viel kleiner</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>For fast lines: costs the host the least</source>
        <translation>Für schnelle Leitungen: kostet den Host am wenigsten</translation>
    </message>
    <message>
        <source>What its host prefers. From the next connection on, if another was chosen before.</source>
        <translation>Was ihr Host vorzieht. Von der nächsten Verbindung an, wenn vorher etwas anderes gewählt war.</translation>
    </message>
    <message>
        <source>M&amp;JPEG</source>
        <translation>M&amp;JPEG</translation>
    </message>
    <message>
        <source>VP&amp;8</source>
        <translation>VP&amp;8</translation>
    </message>
    <message>
        <source>VP&amp;9</source>
        <translation>VP&amp;9</translation>
    </message>
    <message>
        <source>H.26&amp;4</source>
        <translation>H.26&amp;4</translation>
    </message>
    <message>
        <source>H.26&amp;5</source>
        <translation>H.26&amp;5</translation>
    </message>
    <message>
        <source>The console is not connected.</source>
        <translation>Die Konsole ist nicht verbunden.</translation>
    </message>
    <message>
        <source>A connection file keeps no preferences.</source>
        <translation>Eine Verbindungsdatei behält keine Vorlieben.</translation>
    </message>
    <message>
        <source>Only SPICE lets a client choose.</source>
        <translation>Nur SPICE lässt einen Betrachter wählen.</translation>
    </message>
    <message>
        <source>How the screens of this host&apos;s machines are sent; remembered for the host</source>
        <translation>Wie die Bildschirme der Maschinen dieses Hosts gesendet werden; wird für den Host gemerkt</translation>
    </message>
    <message>
        <source>SPICE &amp;picture quality</source>
        <translation>SPICE-&amp;Bildqualität</translation>
    </message>
    <message>
        <source>SPICE picture quality</source>
        <translation>SPICE-Bildqualität</translation>
    </message>
    <message>
        <source>&amp;Image compression</source>
        <translation>Bild&amp;kompression</translation>
    </message>
    <message>
        <source>&amp;Video codec</source>
        <translation>&amp;Video-Codec</translation>
    </message>
    <message>
        <source>Image compression</source>
        <translation>Bildkompression</translation>
    </message>
    <message>
        <source>Video codec</source>
        <translation>Video-Codec</translation>
    </message>
    <message>
        <source>Where the machine sends moving pictures as video, and both sides can do it</source>
        <translation>Wo die Maschine bewegte Bilder als Video sendet und beide Seiten es können</translation>
    </message>
</context>
<context>
    <name>ui::PictureTools</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>Das Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Save the picture…</source>
        <translation>Das Bild &amp;sichern…</translation>
    </message>
    <message>
        <source>Take a picture of the machine&apos;s screen, or record it</source>
        <translation>Den Bildschirm der Maschine als Bild festhalten oder aufnehmen</translation>
    </message>
    <message>
        <source>There is no picture of the machine&apos;s screen yet.</source>
        <translation>Noch gibt es kein Bild vom Bildschirm der Maschine.</translation>
    </message>
    <message>
        <source>Puts the screen into this computer&apos;s clipboard, every pixel as it is</source>
        <translation>Legt den Bildschirm in die Zwischenablage dieses Rechners, jeden Pixel, wie er ist</translation>
    </message>
    <message>
        <source>Saves the screen as a PNG file, every pixel as it is</source>
        <translation>Sichert den Bildschirm als PNG-Datei, jeden Pixel, wie er ist</translation>
    </message>
    <message>
        <source>Copied: %1 × %2 pixels</source>
        <translation>Kopiert: %1 × %2 Pixel</translation>
    </message>
    <message>
        <source>Save the picture of the screen</source>
        <translation>Das Bild des Bildschirms sichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gesichert als %1</translation>
    </message>
    <message>
        <source>The picture was not saved</source>
        <translation>Das Bild wurde nicht gesichert</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>%1. Choose another folder, or make room.</source>
        <translation>%1. Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.</translation>
    </message>
</context>
<context>
    <name>ui::PlaceTools</name>
    <message>
        <source>Own window</source>
        <translation>Eigenes Fenster</translation>
    </message>
    <message>
        <source>Show this console in a window of its own</source>
        <translation>Diese Konsole in einem eigenen Fenster zeigen</translation>
    </message>
    <message>
        <source>Show that window</source>
        <translation>Dieses Fenster zeigen</translation>
    </message>
    <message>
        <source>Show it here</source>
        <translation>Hier zeigen</translation>
    </message>
    <message>
        <source>Into the main window</source>
        <translation>Ins Hauptfenster</translation>
    </message>
    <message>
        <source>Show this console in the main window again</source>
        <translation>Diese Konsole wieder im Hauptfenster zeigen</translation>
    </message>
</context>
<context>
    <name>ui::PoolDialogs</name>
    <message>
        <source>Stop pool %1?</source>
        <translation>Pool %1 beenden?</translation>
    </message>
    <message>
        <source>Its volumes stay as they are, but no machine that needs them can start until the pool runs again.</source>
        <translation>Seine Volumes bleiben, wie sie sind, aber keine Maschine, die sie braucht, kann starten, bis der Pool wieder läuft.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Definition of pool %1</source>
        <translation>Definition des Pools %1</translation>
    </message>
    <message>
        <source>It counts when the pool is started the next time.</source>
        <translation>Sie gilt, wenn der Pool das nächste Mal gestartet wird.</translation>
    </message>
    <message>
        <source>It counts when the pool is started.</source>
        <translation>Sie gilt, wenn der Pool gestartet wird.</translation>
    </message>
    <message>
        <source>Delete its volumes, too: all data in them is lost</source>
        <translation>Auch seine Volumes löschen: Alle Daten darin gehen verloren</translation>
    </message>
    <message>
        <source>Delete pool %1?</source>
        <translation>Pool %1 löschen?</translation>
    </message>
    <message>
        <source>The host forgets the pool. What is in it stays, unless you say otherwise: it can be added again then.</source>
        <translation>Der Host vergisst den Pool. Was darin ist, bleibt, wenn Sie nichts anderes angeben: Er lässt sich dann wieder hinzufügen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>As well</source>
        <translation>Außerdem</translation>
    </message>
</context>
<context>
    <name>ui::RecordTools</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>&amp;Record…</source>
        <translation>&amp;Aufnehmen…</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Keep the last %n second(s)</source>
        <translation>
            <numerusform>Die letzte %n Sekunde &amp;behalten</numerusform>
            <numerusform>Die letzten %n Sekunden &amp;behalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the &amp;last %n second(s)…</source>
        <translation>
            <numerusform>Die &amp;letzte %n Sekunde sichern…</numerusform>
            <numerusform>Die &amp;letzten %n Sekunden sichern…</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the last minute</source>
        <translation>Die letzte Minute sichern</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gesichert als %1</translation>
    </message>
    <message>
        <source>The console is not connected.</source>
        <translation>Die Konsole ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Stop &amp;recording</source>
        <translation>Aufnahme be&amp;enden</translation>
    </message>
    <message>
        <source>Films the machine&apos;s screen into a WebM file, without sound</source>
        <translation>Filmt den Bildschirm der Maschine in eine WebM-Datei, ohne Ton</translation>
    </message>
    <message>
        <source>Films all the time, in memory, so that the last minute can be saved afterwards</source>
        <translation>Filmt die ganze Zeit, im Arbeitsspeicher, so dass sich die letzte Minute nachher sichern lässt</translation>
    </message>
    <message>
        <source>Only if it was kept: see above.</source>
        <translation>Nur, wenn sie behalten wurde: siehe oben.</translation>
    </message>
    <message>
        <source>Saves what the screen showed in the last minute as a WebM file</source>
        <translation>Sichert als WebM-Datei, was der Bildschirm in der letzten Minute zeigte</translation>
    </message>
    <message>
        <source>Recording %1:%2</source>
        <translation>Nimmt auf: %1:%2</translation>
    </message>
    <message>
        <source>Record the screen</source>
        <translation>Den Bildschirm aufnehmen</translation>
    </message>
    <message>
        <source>WebM videos (*.webm)</source>
        <translation>WebM-Videos (*.webm)</translation>
    </message>
    <message>
        <source>The recording ended early</source>
        <translation>Die Aufnahme endete vorzeitig</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The recording could not be written.</source>
        <translation>Die Aufnahme ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>%1 has what was recorded until then. Make room, or choose another disk.</source>
        <translation>%1 enthält, was bis dahin aufgenommen wurde. Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>%1: %2. Choose another place, and record again.</source>
        <translation>%1: %2. Wählen Sie einen anderen Ort, und nehmen Sie noch einmal auf.</translation>
    </message>
    <message>
        <source>The disk is too slow.</source>
        <translation>Die Platte ist zu langsam.</translation>
    </message>
    <message>
        <source>%1 has what was recorded until then. Choose another disk, and record again.</source>
        <translation>%1 enthält, was bis dahin aufgenommen wurde. Eine andere Platte wählen und erneut aufnehmen.</translation>
    </message>
    <message>
        <source>There was no picture to record yet.</source>
        <translation>Es gab noch kein Bild zum Aufnehmen.</translation>
    </message>
    <message>
        <source>%1 is empty. Wait a moment, and record again.</source>
        <translation>%1 ist leer. Einen Moment warten und erneut aufnehmen.</translation>
    </message>
    <message>
        <source>The console&apos;s process ended.</source>
        <translation>Der Prozess der Konsole ist zu Ende.</translation>
    </message>
    <message>
        <source>%1 has what was recorded until then. Record again once the console is connected.</source>
        <translation>%1 enthält, was bis dahin aufgenommen wurde. Erneut aufnehmen, sobald die Konsole verbunden ist.</translation>
    </message>
    <message>
        <source>%1 is empty. Record again once the console is connected.</source>
        <translation>%1 ist leer. Erneut aufnehmen, sobald die Konsole verbunden ist.</translation>
    </message>
</context>
<context>
    <name>ui::ResourceTab</name>
    <message>
        <source>Not offered by this host. %1</source>
        <extracomment>%1 is a reason in a sentence</extracomment>
        <translation>Von diesem Host nicht angeboten. %1</translation>
    </message>
    <message>
        <source>Select a host first.</source>
        <translation>Wählen Sie erst einen Host aus.</translation>
    </message>
</context>
<context>
    <name>ui::ResourceText</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Image files in a folder of the host.</source>
        <translation>Abbilddateien in einem Ordner des Hosts.</translation>
    </message>
    <message>
        <source>File system on a device</source>
        <translation>Dateisystem auf einem Gerät</translation>
    </message>
    <message>
        <source>Image files on a device that is mounted when the pool starts.</source>
        <translation>Abbilddateien auf einem Gerät, das beim Start des Pools eingehängt wird.</translation>
    </message>
    <message>
        <source>Network folder (NFS, SMB)</source>
        <translation>Netzwerkordner (NFS, SMB)</translation>
    </message>
    <message>
        <source>Image files in a folder of a server, mounted when the pool starts. Machines on it can move to other hosts.</source>
        <translation>Abbilddateien in einem Ordner eines Servers, der beim Start des Pools eingehängt wird. Maschinen darauf können auf andere Hosts umziehen.</translation>
    </message>
    <message>
        <source>LVM volume group</source>
        <translation>LVM-Volume-Gruppe</translation>
    </message>
    <message>
        <source>Each volume is a logical volume.</source>
        <translation>Jedes Volume ist ein logisches Volume.</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Each volume is a partition of a disk.</source>
        <translation>Jedes Volume ist eine Partition einer Platte.</translation>
    </message>
    <message>
        <source>iSCSI target</source>
        <translation>iSCSI-Ziel</translation>
    </message>
    <message>
        <source>The units of an iSCSI target, as block devices of the host. They are made over there.</source>
        <translation>Die Einheiten eines iSCSI-Ziels, als Blockgeräte des Hosts. Angelegt werden sie drüben.</translation>
    </message>
    <message>
        <source>iSCSI target (without the kernel)</source>
        <translation>iSCSI-Ziel (ohne den Kernel)</translation>
    </message>
    <message>
        <source>QEMU itself speaks to the iSCSI target.</source>
        <translation>QEMU selbst spricht mit dem iSCSI-Ziel.</translation>
    </message>
    <message>
        <source>SCSI adapter</source>
        <translation>SCSI-Adapter</translation>
    </message>
    <message>
        <source>The units behind an adapter of the host.</source>
        <translation>Die Einheiten hinter einem Adapter des Hosts.</translation>
    </message>
    <message>
        <source>Multipath devices</source>
        <translation>Multipath-Geräte</translation>
    </message>
    <message>
        <source>All multipath devices of the host.</source>
        <translation>Alle Multipath-Geräte des Hosts.</translation>
    </message>
    <message>
        <source>Ceph (RBD)</source>
        <translation>Ceph (RBD)</translation>
    </message>
    <message>
        <source>Each volume is an image in a Ceph pool.</source>
        <translation>Jedes Volume ist ein Abbild in einem Ceph-Pool.</translation>
    </message>
    <message>
        <source>Gluster volume</source>
        <translation>Gluster-Volume</translation>
    </message>
    <message>
        <source>Image files in a Gluster volume.</source>
        <translation>Abbilddateien in einem Gluster-Volume.</translation>
    </message>
    <message>
        <source>ZFS pool</source>
        <translation>ZFS-Pool</translation>
    </message>
    <message>
        <source>Each volume is a ZFS volume.</source>
        <translation>Jedes Volume ist ein ZFS-Volume.</translation>
    </message>
    <message>
        <source>Virtuozzo storage</source>
        <translation>Virtuozzo-Speicher</translation>
    </message>
    <message>
        <source>Image files in a Virtuozzo storage cluster.</source>
        <translation>Abbilddateien in einem Virtuozzo-Speicherverbund.</translation>
    </message>
    <message>
        <source>NAT</source>
        <translation>NAT</translation>
    </message>
    <message>
        <source>Machines reach the outside under the address of the host, and are not reached from there.</source>
        <translation>Maschinen erreichen die Außenwelt unter der Adresse des Hosts und sind von dort nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Routed</source>
        <translation>Geroutet</translation>
    </message>
    <message>
        <source>Machines are seen under their own addresses; routers outside have to know the way.</source>
        <translation>Maschinen sind unter ihren eigenen Adressen zu sehen; Router draußen müssen den Weg kennen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Routed, and libvirt adds no rules to the firewall.</source>
        <translation>Geroutet, und libvirt fügt der Firewall keine Regeln hinzu.</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>Abgeschottet</translation>
    </message>
    <message>
        <source>Machines reach each other and the host, and nobody else.</source>
        <translation>Maschinen erreichen einander und den Host, und sonst niemanden.</translation>
    </message>
    <message>
        <source>Bridge of the host</source>
        <translation>Bridge des Hosts</translation>
    </message>
    <message>
        <source>Machines are in the network of a bridge that the host has already.</source>
        <translation>Maschinen sind im Netzwerk einer Bridge, die der Host schon hat.</translation>
    </message>
    <message>
        <source>Passed through</source>
        <translation>Durchgereicht</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>PCI device</source>
        <translation>PCI-Gerät</translation>
    </message>
    <message>
        <source>USB device</source>
        <translation>USB-Gerät</translation>
    </message>
    <message>
        <source>USB interface</source>
        <translation>USB-Schnittstelle</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Netzwerkkarte</translation>
    </message>
    <message>
        <source>SCSI target</source>
        <translation>SCSI-Ziel</translation>
    </message>
    <message>
        <source>SCSI device</source>
        <translation>SCSI-Gerät</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>Part of a device</source>
        <translation>Teil eines Geräts</translation>
    </message>
    <message>
        <source>Kinds of parts of a device</source>
        <translation>Arten von Teilen eines Geräts</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>Wird angelegt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>Beeinträchtigt</translation>
    </message>
    <message>
        <source>Inaccessible</source>
        <translation>Nicht zugänglich</translation>
    </message>
    <message>
        <source>F&amp;older on the host</source>
        <translation>Ordner a&amp;uf dem Host</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Adapter</source>
        <translation>&amp;Adapter</translation>
    </message>
    <message>
        <source>&amp;Target (IQN)</source>
        <translation>&amp;Ziel (IQN)</translation>
    </message>
    <message>
        <source>&amp;Folder on the server</source>
        <translation>Ordner au&amp;f dem Server</translation>
    </message>
    <message>
        <source>&amp;Devices</source>
        <translation>&amp;Geräte</translation>
    </message>
    <message>
        <source>&amp;Volume group</source>
        <translation>&amp;Volume-Gruppe</translation>
    </message>
    <message>
        <source>Name over &amp;there</source>
        <translation>Name &amp;dort</translation>
    </message>
    <message>
        <source>For&amp;mat</source>
        <translation>For&amp;mat</translation>
    </message>
    <message>
        <source>&amp;Initiator (IQN)</source>
        <translation>&amp;Initiator (IQN)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>Start pool %1</source>
        <translation>Pool %1 starten</translation>
    </message>
    <message>
        <source>Stop pool %1</source>
        <translation>Pool %1 beenden</translation>
    </message>
    <message>
        <source>Read pool %1 anew</source>
        <translation>Pool %1 neu lesen</translation>
    </message>
    <message>
        <source>Have pool %1 start with its host</source>
        <translation>Pool %1 mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>Don&apos;t have pool %1 start with its host</source>
        <translation>Pool %1 nicht mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>Start network %1</source>
        <translation>Netzwerk %1 starten</translation>
    </message>
    <message>
        <source>Stop network %1</source>
        <translation>Netzwerk %1 beenden</translation>
    </message>
    <message>
        <source>Read network %1 anew</source>
        <translation>Netzwerk %1 neu lesen</translation>
    </message>
    <message>
        <source>Have network %1 start with its host</source>
        <translation>Netzwerk %1 mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>Don&apos;t have network %1 start with its host</source>
        <translation>Netzwerk %1 nicht mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached.</source>
        <translation>%1 ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>%1 can&apos;t run this machine.</source>
        <translation>%1 kann diese Maschine nicht ausführen.</translation>
    </message>
    <message>
        <source>Another machine over there is called %1.</source>
        <translation>Eine andere Maschine dort heißt %1.</translation>
    </message>
    <message>
        <source>The machine %1 runs over there already.</source>
        <translation>Die Maschine %1 läuft schon dort.</translation>
    </message>
    <message>
        <source>The CPU over there lacks what the guest of %1 sees.</source>
        <translation>Der CPU dort fehlt etwas, das der Gast von %1 sieht.</translation>
    </message>
    <message>
        <source>Disk %1 is not on storage that both hosts share: have it copied.</source>
        <translation>Datenträger %1 liegt nicht auf Speicher, den beide Hosts teilen: Lassen Sie ihn kopieren.</translation>
    </message>
    <message>
        <source>There is no place over there that disk %1 could be copied to.</source>
        <translation>Es gibt dort keinen Ort, an den Datenträger %1 kopiert werden könnte.</translation>
    </message>
    <message>
        <source>The network %1 is not there, or does not run.</source>
        <translation>Das Netzwerk %1 gibt es dort nicht, oder es läuft nicht.</translation>
    </message>
    <message>
        <source>%1 is older over there: going back may fail.</source>
        <translation>%1 ist dort älter: Der Weg zurück kann scheitern.</translation>
    </message>
    <message>
        <source>The device %1 belongs to this host and can&apos;t come along.</source>
        <translation>Das Gerät %1 gehört diesem Host und kann nicht mitkommen.</translation>
    </message>
    <message>
        <source>There is too little free memory on %1.</source>
        <translation>Auf %1 ist zu wenig Arbeitsspeicher frei.</translation>
    </message>
    <message>
        <source>%1 is the host that it is on already.</source>
        <translation>%1 ist der Host, auf dem sie schon ist.</translation>
    </message>
</context>
<context>
    <name>ui::RowText</name>
    <message>
        <source>%1: %2 when it was seen last</source>
        <extracomment>%1 is a machine, %2 its state</extracomment>
        <translation>%1: zuletzt gesehen als %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a machine or a host, %2 its state</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, seen %2</source>
        <extracomment>%1 is &quot;Connection lost&quot;, %2 a time span: &quot;4 min ago&quot;</extracomment>
        <translation>%1, gesehen %2</translation>
    </message>
</context>
<context>
    <name>ui::RunInGuestDialog</name>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Run in the guest of %1</source>
        <translation>Im Gast von %1 ausführen</translation>
    </message>
    <message>
        <source>One a line; no shell reads them</source>
        <translation>Eines je Zeile; keine Shell liest sie</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programm</translation>
    </message>
    <message>
        <source>&amp;Arguments</source>
        <translation>&amp;Argumente</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Name the program first.</source>
        <translation>Nennen Sie erst das Programm.</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft…</translation>
    </message>
    <message>
        <source>Ended by signal %1.</source>
        <translation>Durch Signal %1 beendet.</translation>
    </message>
    <message>
        <source>Ended with exit code %1.</source>
        <translation>Mit Exit-Code %1 beendet.</translation>
    </message>
    <message>
        <source>There was more output than the agent keeps.</source>
        <translation>Es gab mehr Ausgabe, als der Agent behält.</translation>
    </message>
    <message>
        <source>What was run last has not ended yet.</source>
        <translation>Was zuletzt ausgeführt wurde, ist noch nicht zu Ende.</translation>
    </message>
</context>
<context>
    <name>ui::RunningWork</name>
    <message>
        <source>does not begin any more</source>
        <translation>beginnt nicht mehr</translation>
    </message>
    <message>
        <source>stops; half of a disk may be left over on %1</source>
        <extracomment>What becomes of a move to the host %1</extracomment>
        <translation>bricht ab; auf %1 kann eine halbe Platte übrig bleiben</translation>
    </message>
    <message>
        <source>goes on over there</source>
        <translation>läuft dort weiter</translation>
    </message>
    <message>
        <source>stops before its end</source>
        <translation>bricht vor dem Ende ab</translation>
    </message>
    <message>
        <source>is left to the host; how it ends is not seen</source>
        <translation>bleibt dem Host überlassen; wie es ausgeht, ist nicht zu sehen</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <extracomment>%1 is what a task does, &quot;Clone web&quot;; %2 a host; %3 what becomes of it</extracomment>
        <translation>%1 (%2): %3</translation>
    </message>
    <message>
        <source>… and %L1 more</source>
        <translation>… und %L1 weitere</translation>
    </message>
</context>
<context>
    <name>ui::ScreenLook</name>
    <message>
        <source>The machine is off</source>
        <translation>Die Maschine ist aus</translation>
    </message>
    <message>
        <source>The machine is starting</source>
        <translation>Die Maschine startet</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>paused, as of %1</source>
        <translation>angehalten, Stand %1</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
</context>
<context>
    <name>ui::ScreenTrust</name>
    <message>
        <source>Certificate of the authority that signs this host&apos;s screens</source>
        <translation>Zertifikat der Stelle, die die Bildschirme dieses Hosts unterschreibt</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ui::ScreenWall</name>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>No machines here</source>
        <translation>Hier sind keine Maschinen</translation>
    </message>
    <message>
        <source>Machines appear here as soon as there are some.</source>
        <translation>Maschinen erscheinen hier, sobald es welche gibt.</translation>
    </message>
    <message>
        <source>Larger tiles</source>
        <translation>Größere Kacheln</translation>
    </message>
    <message>
        <source>Smaller tiles</source>
        <translation>Kleinere Kacheln</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Alle Hosts</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s)</source>
        <translation>
            <numerusform>%Ln Maschine</numerusform>
            <numerusform>%Ln Maschinen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Screens: %1</source>
        <translation>Bildschirme: %1</translation>
    </message>
</context>
<context>
    <name>ui::SecretDialog</name>
    <message>
        <source>Log in to %1</source>
        <translation>An %1 anmelden</translation>
    </message>
    <message>
        <source>Trust %1?</source>
        <translation>%1 vertrauen?</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Trust this computer</source>
        <translation>Diesem Computer vertrauen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Remember it in the keyring</source>
        <translation>Im Schlüsselbund &amp;merken</translation>
    </message>
    <message>
        <source>That was not accepted. Try again, or cancel.</source>
        <translation>Das wurde nicht angenommen. Versuchen Sie es noch einmal, oder brechen Sie ab.</translation>
    </message>
    <message>
        <source>Remember it in the keyring</source>
        <translation>Im Schlüsselbund merken</translation>
    </message>
    <message>
        <source>There is no keyring here: nothing can be remembered. Install one (Debian: gnome-keyring), then log in to the desktop again.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Nichts lässt sich merken. Installieren Sie einen (Debian: gnome-keyring), und melden Sie sich neu am Desktop an.</translation>
    </message>
    <message>
        <source>The keyring is locked, or refuses. Unlock it, or allow VirtDeck to use it.</source>
        <translation>Der Schlüsselbund ist gesperrt oder lehnt ab. Entsperren Sie ihn, oder erlauben Sie VirtDeck, ihn zu benutzen.</translation>
    </message>
    <message>
        <source>The keyring has not answered so far. It may be locked and wait for you to unlock it.</source>
        <translation>Der Schlüsselbund hat bisher nicht geantwortet. Vielleicht ist er gesperrt und wartet darauf, dass Sie ihn entsperren.</translation>
    </message>
    <message>
        <source>The keyring can&apos;t be used: %1 Make sure that one runs (Debian: gnome-keyring) and is unlocked.</source>
        <extracomment>%1 is what the keyring said</extracomment>
        <translation>Der Schlüsselbund lässt sich nicht benutzen: %1 Sorgen Sie dafür, dass einer läuft (Debian: gnome-keyring) und entsperrt ist.</translation>
    </message>
    <message>
        <source>Not remembered</source>
        <translation>Nicht gemerkt</translation>
    </message>
    <message>
        <source>What you typed for %1 was used, but is not remembered.</source>
        <translation>Was Sie für %1 eingegeben haben, wurde benutzt, aber nicht gemerkt.</translation>
    </message>
    <message>
        <source>You will be asked for it again.</source>
        <translation>Sie werden wieder danach gefragt.</translation>
    </message>
</context>
<context>
    <name>ui::SelectionPage</name>
    <message>
        <source>What they share</source>
        <translation>Was sie gemeinsam haben</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>Was sich tun lässt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Zustände</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>%1, of which %2 busy</source>
        <extracomment>%1 is a number of CPUs, %2 how many of them are busy</extracomment>
        <translation>%1, davon %2 beschäftigt</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>%1, of which %2 in use</source>
        <translation>%1, davon %2 belegt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected machine(s)</source>
        <translation>
            <numerusform>%Ln ausgewählte Maschine</numerusform>
            <numerusform>%Ln ausgewählte Maschinen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SendKeysDialog</name>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Send keys</source>
        <translation>Tasten senden</translation>
    </message>
    <message>
        <source>Se&amp;nd</source>
        <translation>Se&amp;nden</translation>
    </message>
    <message>
        <source>Sent.</source>
        <translation>Gesendet.</translation>
    </message>
    <message>
        <source>(no other key)</source>
        <translation>(keine weitere Taste)</translation>
    </message>
</context>
<context>
    <name>ui::Sidebar</name>
    <message>
        <source>No machine matches the filter.</source>
        <translation>Keine Maschine passt zum Filter.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Hosts and machines</source>
        <translation>Hosts und Maschinen</translation>
    </message>
    <message>
        <source>Words of a name, tag, host or state; also state:saved, host:a2, tag:shop, cpu&gt;80, mem&gt;512. A leading minus excludes. (Ctrl+F or /)</source>
        <translation>Wörter eines Namens, eines Schlagworts, Hosts oder Zustands; auch state:saved, host:a2, tag:shop, cpu&gt;80, mem&gt;512. Ein Minus davor schließt aus. (Strg+F oder /)</translation>
    </message>
</context>
<context>
    <name>ui::SnapshotsTab</name>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Keeps</source>
        <translation>Hält fest</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Größe auf der Platte</translation>
    </message>
    <message>
        <source>Revert…</source>
        <translation>Zurücksetzen…</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>No snapshots</source>
        <translation>Keine Schnappschüsse</translation>
    </message>
    <message>
        <source>A snapshot keeps the machine as it is now, to come back to: before an update, say.</source>
        <translation>Ein Schnappschuss hält die Maschine fest, wie sie jetzt ist, um dahin zurückzukehren: etwa vor einer Aktualisierung.</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Sie sind hier</translation>
    </message>
    <message>
        <source>Select a snapshot first.</source>
        <translation>Wählen Sie erst einen Schnappschuss aus.</translation>
    </message>
    <message>
        <source>A template stays as it is.</source>
        <translation>Eine Vorlage bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Memory on disk</source>
        <translation>Speicher auf der Platte</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>%1 and disks</source>
        <extracomment>%1 is a size</extracomment>
        <translation>%1 und Datenträger</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Disks are kept</source>
        <translation>Datenträger liegen</translation>
    </message>
    <message>
        <source>Disks on disk</source>
        <translation>Datenträger belegen</translation>
    </message>
    <message>
        <source>%1 at most would be free without it</source>
        <translation>Ohne ihn wären höchstens %1 frei</translation>
    </message>
    <message>
        <source>not known: they share what they occupy with the disk</source>
        <translation>nicht bekannt: Sie teilen ihren Platz mit dem Datenträger</translation>
    </message>
</context>
<context>
    <name>ui::StorageTab</name>
    <message>
        <source>Storage pools</source>
        <translation>Speicherpools</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Starts with host</source>
        <translation>Startet mit dem Host</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Volumes of the pool</source>
        <translation>Volumes des Pools</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Occupied</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>No storage pools</source>
        <translation>Keine Speicherpools</translation>
    </message>
    <message>
        <source>New pool…</source>
        <translation>Neuer Pool…</translation>
    </message>
    <message>
        <source>Add a storage pool</source>
        <translation>Einen Speicherpool hinzufügen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the pool</source>
        <translation>Den Pool starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the pool; its volumes stay, and running machines keep theirs open</source>
        <translation>Den Pool beenden; seine Volumes bleiben, und laufende Maschinen behalten ihre offen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Look for volumes that others have added or removed</source>
        <translation>Nach Volumes sehen, die andere hinzugefügt oder entfernt haben</translation>
    </message>
    <message>
        <source>Autostart</source>
        <translation>Autostart</translation>
    </message>
    <message>
        <source>Whether the pool starts with its host</source>
        <translation>Ob der Pool mit seinem Host startet</translation>
    </message>
    <message>
        <source>Edit XML…</source>
        <translation>XML bearbeiten…</translation>
    </message>
    <message>
        <source>Change the stored definition of the pool</source>
        <translation>Die gespeicherte Definition des Pools ändern</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Forget the pool, with or without what is in it</source>
        <translation>Den Pool vergessen, mit oder ohne das, was darin ist</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Neues Volume…</translation>
    </message>
    <message>
        <source>Make an empty volume</source>
        <translation>Ein leeres Volume anlegen</translation>
    </message>
    <message>
        <source>Upload…</source>
        <translation>Hochladen…</translation>
    </message>
    <message>
        <source>Bring a file of this computer over as a volume</source>
        <translation>Eine Datei dieses Rechners als Volume hinüberbringen</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Herunterladen…</translation>
    </message>
    <message>
        <source>Copy the volume to a file of this computer</source>
        <translation>Das Volume in eine Datei dieses Rechners kopieren</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>Vergrößern…</translation>
    </message>
    <message>
        <source>Make it larger</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen…</translation>
    </message>
    <message>
        <source>Make a copy that stands alone</source>
        <translation>Eine Kopie anlegen, die für sich steht</translation>
    </message>
    <message>
        <source>Delete the volume</source>
        <translation>Das Volume löschen</translation>
    </message>
    <message>
        <source>No volumes</source>
        <translation>Keine Volumes</translation>
    </message>
    <message>
        <source>A pool is a place where a host keeps disks: a folder, a volume group, a server. Add the first one.</source>
        <translation>Ein Pool ist ein Ort, an dem ein Host Datenträger aufbewahrt: ein Ordner, eine Volume-Gruppe, ein Server. Fügen Sie den ersten hinzu.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>%1 are free</source>
        <translation>%1 sind frei</translation>
    </message>
    <message>
        <source>The pool is stopped: start it to see what is in it.</source>
        <translation>Der Pool ist nicht gestartet: Starten Sie ihn, um zu sehen, was darin ist.</translation>
    </message>
    <message>
        <source>There is nothing in this pool yet.</source>
        <translation>In diesem Pool ist noch nichts.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln volume(s)</source>
        <translation>
            <numerusform>%Ln Volume</numerusform>
            <numerusform>%Ln Volumes</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1
stands on %2</source>
        <translation>%1
steht auf %2</translation>
    </message>
    <message>
        <source>Select a pool first.</source>
        <translation>Wählen Sie erst einen Pool aus.</translation>
    </message>
    <message>
        <source>It runs already.</source>
        <translation>Läuft schon.</translation>
    </message>
    <message>
        <source>It is stopped already.</source>
        <translation>Ist schon beendet.</translation>
    </message>
    <message>
        <source>A stopped pool can&apos;t be read.</source>
        <translation>Ein Pool, der nicht gestartet ist, lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>It is gone when it stops: there is nothing to start.</source>
        <translation>Nach dem Beenden bliebe nichts, was sich starten ließe.</translation>
    </message>
    <message>
        <source>No autostart</source>
        <translation>Kein Autostart</translation>
    </message>
    <message>
        <source>It is a disk of %1.</source>
        <translation>Es ist ein Datenträger von %1.</translation>
    </message>
    <message>
        <source>Other volumes stand on it: %1.</source>
        <translation>Andere Volumes stehen darauf: %1.</translation>
    </message>
    <message>
        <source>Select a pool that runs first.</source>
        <translation>Wählen Sie erst einen Pool aus, der läuft.</translation>
    </message>
    <message>
        <source>Select a volume first.</source>
        <translation>Wählen Sie erst ein Volume aus.</translation>
    </message>
    <message>
        <source>Other volumes stand on it: it must not change.</source>
        <translation>Andere Volumes stehen darauf: Es darf sich nicht ändern.</translation>
    </message>
</context>
<context>
    <name>ui::TaskDock</name>
    <message>
        <source>Cancel task</source>
        <translation>Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige ausräumen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Show or hide the tasks</source>
        <translation>Aufgaben zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Details of the task</source>
        <translation>Einzelheiten der Aufgabe</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>Fertig: %1</translation>
    </message>
    <message>
        <source>No task selected</source>
        <translation>Keine Aufgabe ausgewählt</translation>
    </message>
    <message>
        <source>%1 on %2, begun %3, took %4</source>
        <extracomment>%1 is a state (&quot;Failed&quot;), %2 a host, %3 a time, %4 a duration</extracomment>
        <translation>%1 auf %2, begonnen %3, Dauer %4</translation>
    </message>
    <message>
        <source>No tasks</source>
        <translation>Keine Aufgaben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln läuft</numerusform>
            <numerusform>%Ln laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln gescheitert</numerusform>
            <numerusform>%Ln gescheitert</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Bring it back from the trash</source>
        <translation>Aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
        <source>Cancel all that wait</source>
        <translation>Alle wartenden abbrechen</translation>
    </message>
    <message>
        <source>Take back all tasks whose turn has not come yet</source>
        <translation>Alle Aufgaben zurücknehmen, die noch nicht an der Reihe waren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln wartet</numerusform>
            <numerusform>%Ln warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Tasks selected: %L1</source>
        <translation>Ausgewählte Aufgaben: %L1</translation>
    </message>
    <message>
        <source>Cancel tasks</source>
        <translation>Aufgaben abbrechen</translation>
    </message>
</context>
<context>
    <name>ui::Text</name>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gesichert</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Shutting down</source>
        <translation>Fährt herunter</translation>
    </message>
    <message>
        <source>Crashed</source>
        <translation>Abgestürzt</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Shut down</source>
        <translation>Herunterfahren</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Force off</source>
        <translation>Hart ausschalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Switch the machine on</source>
        <translation>Die Maschine einschalten</translation>
    </message>
    <message>
        <source>Halt the machine where it is; its memory is kept</source>
        <translation>Die Maschine anhalten, wo sie ist; ihr Speicher bleibt erhalten</translation>
    </message>
    <message>
        <source>Let the paused machine run on</source>
        <translation>Die angehaltene Maschine weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Restart at once, like the reset button; the guest can&apos;t save anything</source>
        <translation>Sofort neu starten, wie mit der Reset-Taste; der Gast kann nichts sichern</translation>
    </message>
    <message>
        <source>Switch off at once, like pulling the plug; the guest can&apos;t save anything</source>
        <translation>Sofort ausschalten, als zöge man den Stecker; der Gast kann nichts sichern</translation>
    </message>
    <message>
        <source>Remove the machine from its host (libvirt: undefine)</source>
        <translation>Die Maschine von ihrem Host entfernen (libvirt: undefine)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Starting machines</source>
        <translation>Maschinen starten</translation>
    </message>
    <message>
        <source>Pausing machines</source>
        <translation>Maschinen anhalten</translation>
    </message>
    <message>
        <source>Resuming machines</source>
        <translation>Maschinen fortsetzen</translation>
    </message>
    <message>
        <source>Shutting machines down</source>
        <translation>Maschinen herunterfahren</translation>
    </message>
    <message>
        <source>Resetting machines</source>
        <translation>Maschinen zurücksetzen</translation>
    </message>
    <message>
        <source>Forcing machines off</source>
        <translation>Maschinen hart ausschalten</translation>
    </message>
    <message>
        <source>Removing machines</source>
        <translation>Maschinen entfernen</translation>
    </message>
    <message>
        <source>Storing definitions</source>
        <translation>Definitionen speichern</translation>
    </message>
    <message>
        <source>Creating machines</source>
        <translation>Maschinen anlegen</translation>
    </message>
    <message>
        <source>Creating disks</source>
        <translation>Platten anlegen</translation>
    </message>
    <message>
        <source>Consoles</source>
        <translation>Konsolen</translation>
    </message>
    <message>
        <source>CPU load of machines</source>
        <translation>CPU-Last der Maschinen</translation>
    </message>
    <message>
        <source>Memory use of machines</source>
        <translation>Speicherbelegung der Maschinen</translation>
    </message>
    <message>
        <source>Disk rates of machines</source>
        <translation>Plattenraten der Maschinen</translation>
    </message>
    <message>
        <source>Network rates of machines</source>
        <translation>Netzwerkraten der Maschinen</translation>
    </message>
    <message>
        <source>Load of the host</source>
        <translation>Last des Hosts</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinde</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connection failed</source>
        <translation>Verbindung gescheitert</translation>
    </message>
    <message>
        <source>The guest restarted by itself.</source>
        <translation>Der Gast hat von selbst neu gestartet.</translation>
    </message>
    <message>
        <source>The guest shut itself down.</source>
        <translation>Der Gast hat sich selbst heruntergefahren.</translation>
    </message>
    <message>
        <source>It was switched off from this host.</source>
        <translation>Sie wurde von diesem Host aus ausgeschaltet.</translation>
    </message>
    <message>
        <source>The guest&apos;s operating system failed (kernel panic).</source>
        <translation>Das Betriebssystem des Gastes ist gescheitert (Kernel-Panik).</translation>
    </message>
    <message>
        <source>The hypervisor process of this machine ended by itself.</source>
        <translation>Der Hypervisor-Prozess dieser Maschine hat sich von selbst beendet.</translation>
    </message>
    <message>
        <source>A disk failed or is full; the machine was paused to protect its data.</source>
        <translation>Eine Platte ist ausgefallen oder voll; die Maschine wurde angehalten, um ihre Daten zu schützen.</translation>
    </message>
    <message>
        <source>It could not be started.</source>
        <translation>Sie ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>It was found running when the host was opened.</source>
        <translation>Sie lief schon, als der Host geöffnet wurde.</translation>
    </message>
    <message>
        <source>The state of the machine is not known: its host does not answer.</source>
        <translation>Der Zustand der Maschine ist nicht bekannt: Ihr Host antwortet nicht.</translation>
    </message>
    <message>
        <source>The machine is on already.</source>
        <translation>Die Maschine ist schon an.</translation>
    </message>
    <message>
        <source>Only a running machine can be paused.</source>
        <translation>Nur eine laufende Maschine lässt sich anhalten.</translation>
    </message>
    <message>
        <source>Only a paused machine can be resumed.</source>
        <translation>Nur eine angehaltene Maschine lässt sich fortsetzen.</translation>
    </message>
    <message>
        <source>A paused machine can&apos;t react: resume it first, or force it off.</source>
        <translation>Eine angehaltene Maschine kann nicht reagieren: Setzen Sie sie erst fort oder schalten Sie sie hart aus.</translation>
    </message>
    <message>
        <source>Only a running machine can be shut down.</source>
        <translation>Nur eine laufende Maschine lässt sich herunterfahren.</translation>
    </message>
    <message>
        <source>Only a running or paused machine can be reset.</source>
        <translation>Nur eine laufende oder angehaltene Maschine lässt sich zurücksetzen.</translation>
    </message>
    <message>
        <source>The machine is off already.</source>
        <translation>Die Maschine ist schon aus.</translation>
    </message>
    <message>
        <source>Only a machine that is off can be removed.</source>
        <translation>Nur eine ausgeschaltete Maschine lässt sich entfernen.</translation>
    </message>
    <message>
        <source>This computer</source>
        <extracomment>%1 is a folder</extracomment>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>This computer: %1</source>
        <translation>Dieser Computer: %1</translation>
    </message>
    <message>
        <source>%1 (user session)</source>
        <extracomment>%1 is the kind of hypervisor or a computer; &quot;session&quot; is libvirt&apos;s word</extracomment>
        <translation>%1 (Benutzersitzung)</translation>
    </message>
    <message>
        <source>%1 (system)</source>
        <translation>%1 (System)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is a computer, %2 the vCenter that manages it</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>KVM, in hardware</source>
        <translation>KVM, in Hardware</translation>
    </message>
    <message>
        <source>TCG, in software (slow)</source>
        <translation>TCG, in Software (langsam)</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>%1 starten</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 anhalten</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>Shut down %1</source>
        <translation>%1 herunterfahren</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Force off %1</source>
        <translation>%1 hart ausschalten</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Store the definition of a machine</source>
        <translation>Die Definition einer Maschine ablegen</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>%1 anlegen</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s)</source>
        <translation>
            <numerusform>%Ln Maschine</numerusform>
            <numerusform>%Ln Maschinen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln CPU(s)</source>
        <translation>
            <numerusform>%Ln CPU</numerusform>
            <numerusform>%Ln CPUs</numerusform>
        </translation>
    </message>
    <message>
        <source>Reboot</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Discard saved memory</source>
        <translation>Gesicherten Speicher verwerfen</translation>
    </message>
    <message>
        <source>Ask the guest to shut down; it may ignore that</source>
        <translation>Den Gast bitten, herunterzufahren; er kann das überhören</translation>
    </message>
    <message>
        <source>Ask the guest to restart; it may ignore that</source>
        <translation>Den Gast bitten, neu zu starten; er kann das überhören</translation>
    </message>
    <message>
        <source>Write the memory to disk and switch off; the next start goes on from there</source>
        <translation>Den Arbeitsspeicher auf die Platte schreiben und ausschalten; der nächste Start macht dort weiter</translation>
    </message>
    <message>
        <source>Forget the saved memory: the next start boots the guest</source>
        <translation>Den gesicherten Speicher vergessen: der nächste Start fährt den Gast hoch</translation>
    </message>
    <message>
        <source>The host&apos;s disk is full; the machine was paused to protect its data.</source>
        <translation>Die Platte des Hosts ist voll; die Maschine wurde angehalten, um ihre Daten zu schützen.</translation>
    </message>
    <message>
        <source>The host ran out of memory, and its kernel ended this machine.</source>
        <translation>Dem Host ging der Arbeitsspeicher aus, und sein Kernel beendete diese Maschine.</translation>
    </message>
    <message>
        <source>Its memory is being written to disk.</source>
        <translation>Ihr Arbeitsspeicher wird auf die Platte geschrieben.</translation>
    </message>
    <message>
        <source>Its memory is saved; the next start goes on from there.</source>
        <translation>Ihr Arbeitsspeicher ist gesichert; der nächste Start macht dort weiter.</translation>
    </message>
    <message>
        <source>It goes on from its saved memory.</source>
        <translation>Sie macht dort weiter, wo sie gesichert wurde.</translation>
    </message>
    <message>
        <source>It was paused for a snapshot.</source>
        <translation>Sie wurde für einen Schnappschuss angehalten.</translation>
    </message>
    <message>
        <source>The guest did not answer its watchdog any more.</source>
        <translation>Der Gast antwortete seinem Watchdog nicht mehr.</translation>
    </message>
    <message>
        <source>Look at its screen and its log, then start it again.</source>
        <translation>Sehen Sie sich Bildschirm und Protokoll an, dann starten Sie sie wieder.</translation>
    </message>
    <message>
        <source>The last words above may tell the cause. Start it again once it is mended.</source>
        <translation>Die letzten Worte darüber nennen vielleicht die Ursache. Starten Sie sie wieder, wenn sie behoben ist.</translation>
    </message>
    <message>
        <source>Look after the disk and its free space, then resume the machine.</source>
        <translation>Sehen Sie nach der Platte und ihrem freien Platz, dann setzen Sie die Maschine fort.</translation>
    </message>
    <message>
        <source>Free some space on the host, then resume the machine: nothing is lost.</source>
        <translation>Schaffen Sie Platz auf dem Host, dann setzen Sie die Maschine fort: nichts ist verloren.</translation>
    </message>
    <message>
        <source>Stop other machines or give this one less memory, then start it again.</source>
        <translation>Schalten Sie andere Maschinen aus, oder geben Sie dieser weniger Speicher, dann starten Sie sie wieder.</translation>
    </message>
    <message>
        <source>Look at its screen; reset it if it hangs.</source>
        <translation>Sehen Sie sich ihren Bildschirm an; setzen Sie sie zurück, wenn sie hängt.</translation>
    </message>
    <message>
        <source>Only a running machine can be rebooted.</source>
        <translation>Nur eine laufende Maschine kann neu gestartet werden.</translation>
    </message>
    <message>
        <source>Only a running or paused machine can be saved.</source>
        <translation>Nur eine laufende oder angehaltene Maschine kann gesichert werden.</translation>
    </message>
    <message>
        <source>Only a machine that is off has saved memory.</source>
        <translation>Nur eine ausgeschaltete Maschine hat gesicherten Speicher.</translation>
    </message>
    <message>
        <source>This machine has no saved memory.</source>
        <translation>Diese Maschine hat keinen gesicherten Speicher.</translation>
    </message>
    <message>
        <source>A template stays as it is: clone it, or make it a machine again.</source>
        <translation>Eine Vorlage bleibt, wie sie ist: klonen Sie sie, oder machen Sie sie wieder zur Maschine.</translation>
    </message>
    <message>
        <source>Rebooting machines</source>
        <translation>Maschinen neu starten</translation>
    </message>
    <message>
        <source>Saving machines to disk</source>
        <translation>Maschinen auf die Platte sichern</translation>
    </message>
    <message>
        <source>Listing machines</source>
        <translation>Maschinen auflisten</translation>
    </message>
    <message>
        <source>Changing a running machine for its next start</source>
        <translation>Eine laufende Maschine für ihren nächsten Start ändern</translation>
    </message>
    <message>
        <source>Starting machines by itself</source>
        <translation>Maschinen von selbst starten</translation>
    </message>
    <message>
        <source>Renaming machines</source>
        <translation>Maschinen umbenennen</translation>
    </message>
    <message>
        <source>A trash for removed machines</source>
        <translation>Ein Papierkorb für entfernte Maschinen</translation>
    </message>
    <message>
        <source>Changing devices of a running machine</source>
        <translation>Geräte einer laufenden Maschine ändern</translation>
    </message>
    <message>
        <source>Changing the memory of a running machine</source>
        <translation>Den Speicher einer laufenden Maschine ändern</translation>
    </message>
    <message>
        <source>Changing the CPUs of a running machine</source>
        <translation>Die CPUs einer laufenden Maschine ändern</translation>
    </message>
    <message>
        <source>Growing disks</source>
        <translation>Platten vergrößern</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>Cloning machines</source>
        <translation>Maschinen klonen</translation>
    </message>
    <message>
        <source>Instant clones</source>
        <translation>Sofortklone</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Disk images</source>
        <translation>Plattenabbilder</translation>
    </message>
    <message>
        <source>Talking to the agent in the guest</source>
        <translation>Mit dem Agenten im Gast reden</translation>
    </message>
    <message>
        <source>Load in detail</source>
        <translation>Last im Einzelnen</translation>
    </message>
    <message>
        <source>Disks and memory</source>
        <translation>Platten und Speicher</translation>
    </message>
    <message>
        <source>Disks alone, while running</source>
        <translation>Nur Platten, im Lauf</translation>
    </message>
    <message>
        <source>Disks, switched off</source>
        <translation>Platten, ausgeschaltet</translation>
    </message>
    <message>
        <source>Full clone</source>
        <translation>Voller Klon</translation>
    </message>
    <message>
        <source>Linked clone</source>
        <translation>Verknüpfter Klon</translation>
    </message>
    <message>
        <source>Instant clone</source>
        <translation>Sofortklon</translation>
    </message>
    <message>
        <source>Reboot %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 sichern</translation>
    </message>
    <message>
        <source>Discard the saved memory of %1</source>
        <translation>Den gesicherten Speicher von %1 verwerfen</translation>
    </message>
    <message>
        <source>Change the definition of %1</source>
        <translation>Die Definition von %1 ändern</translation>
    </message>
    <message>
        <source>Read the definition of %1</source>
        <translation>Die Definition von %1 lesen</translation>
    </message>
    <message>
        <source>Read what %1 runs with</source>
        <translation>Lesen, womit %1 läuft</translation>
    </message>
    <message>
        <source>Find the screen of %1</source>
        <translation>Den Bildschirm von %1 finden</translation>
    </message>
    <message>
        <source>Have %1 start with its host</source>
        <translation>%1 mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>Don&apos;t have %1 start with its host</source>
        <translation>%1 nicht mit dem Host starten lassen</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
    <message>
        <source>List the trash</source>
        <translation>Den Papierkorb auflisten</translation>
    </message>
    <message>
        <source>Bring back %1 from the trash</source>
        <translation>%1 aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln machine(s) from the trash</source>
        <translation>
            <numerusform>%Ln Maschine aus dem Papierkorb löschen</numerusform>
            <numerusform>%Ln Maschinen aus dem Papierkorb löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a device to %1</source>
        <translation>%1 ein Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Remove a device from %1</source>
        <translation>Ein Gerät von %1 entfernen</translation>
    </message>
    <message>
        <source>Change a device of %1</source>
        <translation>Ein Gerät von %1 ändern</translation>
    </message>
    <message>
        <source>Leave %1 to the guest of %2</source>
        <translation>Dem Gast von %2 %1 lassen</translation>
    </message>
    <message>
        <source>Give %1 %2</source>
        <translation>%1 %2 geben</translation>
    </message>
    <message>
        <source>Grow disk %1 of %2 to %3</source>
        <translation>Platte %1 von %2 auf %3 vergrößern</translation>
    </message>
    <message>
        <source>List the snapshots of %1</source>
        <translation>Die Schnappschüsse von %1 auflisten</translation>
    </message>
    <message>
        <source>Take a snapshot of %1</source>
        <translation>Schnappschuss von %1 aufnehmen</translation>
    </message>
    <message>
        <source>Take snapshot %1 of %2</source>
        <translation>Schnappschuss %1 von %2 aufnehmen</translation>
    </message>
    <message>
        <source>Revert %1 to snapshot %2</source>
        <translation>%1 auf Schnappschuss %2 zurücksetzen</translation>
    </message>
    <message>
        <source>Delete snapshot %1 of %2</source>
        <translation>Schnappschuss %1 von %2 löschen</translation>
    </message>
    <message>
        <source>Clone %1 as %2</source>
        <translation>%1 als %2 klonen</translation>
    </message>
    <message>
        <source>Make %1 a template</source>
        <translation>%1 zur Vorlage machen</translation>
    </message>
    <message>
        <source>Make template %1 a machine again</source>
        <translation>Vorlage %1 wieder zur Maschine machen</translation>
    </message>
    <message>
        <source>Ask the guest of %1 about itself</source>
        <translation>Den Gast von %1 nach sich fragen</translation>
    </message>
    <message>
        <source>Run %1 in the guest of %2</source>
        <translation>%1 im Gast von %2 ausführen</translation>
    </message>
    <message>
        <source>Set the clock of the guest of %1</source>
        <translation>Die Uhr des Gastes von %1 stellen</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>%1 messen</translation>
    </message>
    <message>
        <source>Measure the host</source>
        <translation>Den Host messen</translation>
    </message>
    <message>
        <source>List the disk images</source>
        <translation>Die Plattenabbilder auflisten</translation>
    </message>
    <message>
        <source>Inspect image %1</source>
        <translation>Abbild %1 ansehen</translation>
    </message>
    <message>
        <source>Create image %1</source>
        <translation>Abbild %1 anlegen</translation>
    </message>
    <message>
        <source>Grow image %1 to %2</source>
        <translation>Abbild %1 auf %2 vergrößern</translation>
    </message>
    <message>
        <source>Convert image %1 to %2</source>
        <translation>Abbild %1 in %2 umwandeln</translation>
    </message>
    <message>
        <source>Flatten image %1</source>
        <translation>Abbild %1 eigenständig machen</translation>
    </message>
    <message>
        <source>Repair image %1</source>
        <translation>Abbild %1 reparieren</translation>
    </message>
    <message>
        <source>Check image %1</source>
        <translation>Abbild %1 prüfen</translation>
    </message>
    <message>
        <source>Delete image %1</source>
        <translation>Abbild %1 löschen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a computer, %2 a folder on it</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Pictures of screens</source>
        <translation>Bilder von Bildschirmen</translation>
    </message>
    <message>
        <source>Snapshots outside of the disk images</source>
        <translation>Schnappschüsse außerhalb der Datenträgerabbilder</translation>
    </message>
    <message>
        <source>Titles, notes and tags</source>
        <translation>Titel, Notizen und Schlagworte</translation>
    </message>
    <message>
        <source>Deleting disks with their machine</source>
        <translation>Datenträger mit ihrer Maschine löschen</translation>
    </message>
    <message>
        <source>Pressing keys without a console</source>
        <translation>Tasten ohne Konsole drücken</translation>
    </message>
    <message>
        <source>Non-maskable interrupts</source>
        <translation>Nicht maskierbare Unterbrechungen</translation>
    </message>
    <message>
        <source>Writing a guest&apos;s memory to a file</source>
        <translation>Den Speicher eines Gastes in eine Datei schreiben</translation>
    </message>
    <message>
        <source>where it suits</source>
        <translation>wo es passt</translation>
    </message>
    <message>
        <source>inside the disk images</source>
        <translation>in den Datenträgerabbildern</translation>
    </message>
    <message>
        <source>as layers below the disks</source>
        <translation>als Schichten unter den Datenträgern</translation>
    </message>
    <message>
        <source>Open a serial port of %1</source>
        <translation>Eine serielle Schnittstelle von %1 öffnen</translation>
    </message>
    <message>
        <source>Take a picture of the screen of %1</source>
        <translation>Den Bildschirm von %1 aufnehmen</translation>
    </message>
    <message>
        <source>Set the password of %1 in the guest of %2</source>
        <translation>Das Passwort von %1 im Gast von %2 setzen</translation>
    </message>
    <message>
        <source>Freeze the file systems of %1</source>
        <translation>Die Dateisysteme von %1 einfrieren</translation>
    </message>
    <message>
        <source>Thaw the file systems of %1</source>
        <translation>Die Dateisysteme von %1 auftauen</translation>
    </message>
    <message>
        <source>Change the notes to %1</source>
        <translation>Die Notizen zu %1 ändern</translation>
    </message>
    <message numerus="yes">
        <source>Remove %1 and %Ln disk image(s)</source>
        <translation>
            <numerusform>%1 und %Ln Datenträgerabbild entfernen</numerusform>
            <numerusform>%1 und %Ln Datenträgerabbilder entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Press %1 at %2</source>
        <translation>%1 an %2 drücken</translation>
    </message>
    <message>
        <source>Interrupt %1 (NMI)</source>
        <translation>%1 unterbrechen (NMI)</translation>
    </message>
    <message>
        <source>Write the memory of %1 to %2</source>
        <translation>Den Speicher von %1 nach %2 schreiben</translation>
    </message>
    <message>
        <source>No connection, trying again</source>
        <translation>Keine Verbindung, versuche es erneut</translation>
    </message>
    <message>
        <source>%1 (test)</source>
        <extracomment>A host of libvirt&apos;s test driver; what differs comes first, the rest may be cut</extracomment>
        <translation>%1 (Test)</translation>
    </message>
    <message>
        <source>Storage pools</source>
        <translation>Speicherpools</translation>
    </message>
    <message>
        <source>Changing storage pools</source>
        <translation>Speicherpools ändern</translation>
    </message>
    <message>
        <source>Making and deleting volumes</source>
        <translation>Volumes anlegen und löschen</translation>
    </message>
    <message>
        <source>Growing volumes</source>
        <translation>Volumes vergrößern</translation>
    </message>
    <message>
        <source>Uploading and downloading volumes</source>
        <translation>Volumes hochladen und herunterladen</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netzwerke</translation>
    </message>
    <message>
        <source>Changing networks</source>
        <translation>Netzwerke ändern</translation>
    </message>
    <message>
        <source>Addresses given out by networks</source>
        <translation>Von Netzwerken vergebene Adressen</translation>
    </message>
    <message>
        <source>Devices of the host</source>
        <translation>Geräte des Hosts</translation>
    </message>
    <message>
        <source>Moving machines to other hosts</source>
        <translation>Maschinen auf andere Hosts verschieben</translation>
    </message>
    <message>
        <source>List the storage pools</source>
        <translation>Die Speicherpools auflisten</translation>
    </message>
    <message>
        <source>Read the definition of pool %1</source>
        <translation>Die Definition des Pools %1 lesen</translation>
    </message>
    <message>
        <source>Store the definition of a pool</source>
        <translation>Die Definition eines Pools ablegen</translation>
    </message>
    <message>
        <source>Create pool %1</source>
        <translation>Pool %1 anlegen</translation>
    </message>
    <message>
        <source>Delete pool %1 with its volumes</source>
        <translation>Pool %1 mit seinen Volumes löschen</translation>
    </message>
    <message>
        <source>Delete pool %1</source>
        <translation>Pool %1 löschen</translation>
    </message>
    <message>
        <source>List the volumes of %1</source>
        <translation>Die Volumes von %1 auflisten</translation>
    </message>
    <message>
        <source>Create volume %1 in %2</source>
        <translation>Volume %1 in %2 anlegen</translation>
    </message>
    <message>
        <source>Grow volume %1 to %2</source>
        <translation>Volume %1 auf %2 vergrößern</translation>
    </message>
    <message>
        <source>Clone volume %1 as %2</source>
        <translation>Volume %1 als %2 klonen</translation>
    </message>
    <message>
        <source>Delete volume %1</source>
        <translation>Volume %1 löschen</translation>
    </message>
    <message>
        <source>Upload %1 to %2</source>
        <translation>%1 nach %2 hochladen</translation>
    </message>
    <message>
        <source>Download %1 from %2</source>
        <translation>%1 von %2 herunterladen</translation>
    </message>
    <message>
        <source>List the networks</source>
        <translation>Die Netzwerke auflisten</translation>
    </message>
    <message>
        <source>Read the definition of network %1</source>
        <translation>Die Definition des Netzwerks %1 lesen</translation>
    </message>
    <message>
        <source>Store the definition of a network</source>
        <translation>Die Definition eines Netzwerks ablegen</translation>
    </message>
    <message>
        <source>Create network %1</source>
        <translation>Netzwerk %1 anlegen</translation>
    </message>
    <message>
        <source>Delete network %1</source>
        <translation>Netzwerk %1 löschen</translation>
    </message>
    <message>
        <source>List the addresses of network %1</source>
        <translation>Die Adressen des Netzwerks %1 auflisten</translation>
    </message>
    <message>
        <source>List the devices of the host</source>
        <translation>Die Geräte des Hosts auflisten</translation>
    </message>
    <message>
        <source>Check whether %1 can move</source>
        <translation>Prüfen, ob %1 umziehen kann</translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation>%1 auf %2 verschieben</translation>
    </message>
    <message>
        <source>Ask how far %1 is</source>
        <translation>Fragen, wie weit %1 ist</translation>
    </message>
    <message>
        <source>Let %1 go on over there</source>
        <translation>%1 dort weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Have the screen of %1 ask for no password</source>
        <translation>Den Bildschirm von %1 kein Passwort verlangen lassen</translation>
    </message>
    <message>
        <source>Set the password of the screen of %1</source>
        <translation>Das Passwort des Bildschirms von %1 setzen</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Prüfpunkte</translation>
    </message>
    <message>
        <source>Backups of running machines</source>
        <translation>Sicherungen laufender Maschinen</translation>
    </message>
    <message>
        <source>List the checkpoints of %1</source>
        <translation>Die Prüfpunkte von %1 auflisten</translation>
    </message>
    <message>
        <source>Make a checkpoint of %1</source>
        <translation>Einen Prüfpunkt von %1 erstellen</translation>
    </message>
    <message>
        <source>Make checkpoint %1 of %2</source>
        <translation>Prüfpunkt %1 von %2 erstellen</translation>
    </message>
    <message>
        <source>Delete checkpoint %1 of %2</source>
        <translation>Prüfpunkt %1 von %2 löschen</translation>
    </message>
    <message>
        <source>Back up %1</source>
        <translation>%1 sichern</translation>
    </message>
    <message>
        <source>Back up %1 since %2</source>
        <translation>%1 seit %2 sichern</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>ui::Thumbnails</name>
    <message>
        <source>Nothing is on the screen yet</source>
        <translation>Auf dem Bildschirm ist noch nichts</translation>
    </message>
</context>
<context>
    <name>ui::TransferStrip</name>
    <message>
        <source>Sent.</source>
        <translation>Gesendet.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Folders can&apos;t be sent. Pack it into one file first.</source>
        <translation>Ordner lassen sich nicht senden. Packen Sie ihn zuerst in eine Datei.</translation>
    </message>
    <message>
        <source>The file is gone or can&apos;t be read.</source>
        <translation>Die Datei ist fort oder nicht lesbar.</translation>
    </message>
    <message>
        <source>The machine does not take files. Is somebody logged in there, and is the transfer allowed?</source>
        <translation>Die Maschine nimmt keine Dateien an. Ist dort jemand angemeldet, und ist die Übertragung erlaubt?</translation>
    </message>
    <message>
        <source>The machine has no room for it.</source>
        <translation>Die Maschine hat keinen Platz dafür.</translation>
    </message>
    <message>
        <source>Needs the SPICE agent in the machine (spice-vdagent), which does not run there.</source>
        <translation>Braucht den SPICE-Agenten in der Maschine (spice-vdagent); er läuft dort nicht.</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Die Liste leeren</translation>
    </message>
    <message>
        <source>Files on their way to the machine</source>
        <translation>Dateien auf dem Weg zur Maschine</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>The connection to the machine, or to its agent, ended. Send the file again.</source>
        <translation>Die Verbindung zur Maschine oder zu ihrem Agenten ist zu Ende. Die Datei erneut senden.</translation>
    </message>
</context>
<context>
    <name>ui::TrashTab</name>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Größe auf der Platte</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>Papierkorb leeren…</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>Machines that you remove wait here until you delete them for good or bring them back.</source>
        <translation>Maschinen, die Sie entfernen, warten hier, bis Sie sie endgültig löschen oder zurückholen.</translation>
    </message>
    <message>
        <source>Select a machine first.</source>
        <translation>Wählen Sie erst eine Maschine aus.</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>Papierkorb leeren?</translation>
    </message>
    <message>
        <source>These machines are deleted with their disks. This can&apos;t be undone.</source>
        <translation>Diese Maschinen werden mit ihren Platten gelöscht. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete %1 for good?</source>
        <translation>%1 endgültig löschen?</translation>
    </message>
</context>
<context>
    <name>ui::TypeTextDialog</name>
    <message>
        <source>Text to type</source>
        <translation>Zu tippender Text</translation>
    </message>
    <message>
        <source>Keyboard of the machine</source>
        <translation>Tastatur der Maschine</translation>
    </message>
    <message>
        <source>Keys a second</source>
        <translation>Tasten je Sekunde</translation>
    </message>
    <message>
        <source>Typed so far</source>
        <translation>Bisher getippt</translation>
    </message>
    <message>
        <source>Type a text into the machine</source>
        <translation>Einen Text in die Maschine tippen</translation>
    </message>
    <message>
        <source>What is to be typed. The clipboard has no text.</source>
        <translation>Was zu tippen ist. Die Zwischenablage enthält keinen Text.</translation>
    </message>
    <message>
        <source>Less if the machine loses keys</source>
        <translation>Weniger, wenn die Maschine Tasten verliert</translation>
    </message>
    <message>
        <source>&amp;Keyboard of the machine</source>
        <translation>Tastatur der &amp;Maschine</translation>
    </message>
    <message>
        <source>Keys a &amp;second</source>
        <translation>Tasten je &amp;Sekunde</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Tippen</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>This keyboard layout can&apos;t be read: %1</source>
        <translation>Diese Tastaturbelegung ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>The console is not connected.</source>
        <translation>Die Konsole ist nicht verbunden.</translation>
    </message>
    <message>
        <source>The keyboard layout is being read.</source>
        <translation>Die Tastaturbelegung wird gelesen.</translation>
    </message>
    <message>
        <source>There is nothing to type.</source>
        <translation>Es gibt nichts zu tippen.</translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation>Tippe…</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) will be typed.</source>
        <translation>
            <numerusform>%n Zeichen wird getippt.</numerusform>
            <numerusform>%n Zeichen werden getippt.</numerusform>
        </translation>
    </message>
    <message>
        <source>This keyboard has no keys for: %1. They will be left out.</source>
        <translation>Diese Tastatur hat keine Tasten für: %1. Sie werden ausgelassen.</translation>
    </message>
    <message>
        <source>Nothing is being typed.</source>
        <translation>Gerade wird nichts getippt.</translation>
    </message>
    <message>
        <source>Typed.</source>
        <translation>Getippt.</translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n character(s) were not typed.</source>
        <translation>
            <numerusform>Angehalten. %n Zeichen wurde nicht getippt.</numerusform>
            <numerusform>Angehalten. %n Zeichen wurden nicht getippt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Units</name>
    <message>
        <source>%1/s</source>
        <extracomment>A rate: %1 is an amount with its unit, such as &quot;1.2 MiB&quot;</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 d</source>
        <extracomment>Days, hours, minutes and seconds, abbreviated</extracomment>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 Std</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 Min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <extracomment>%1 is a duration, such as &quot;4 min&quot;</extracomment>
        <translation>vor %1</translation>
    </message>
</context>
<context>
    <name>ui::UnusableAddresses</name>
    <message>
        <source>“%1”: %2.</source>
        <extracomment>%1 is an address, %2 what is wrong with it</extracomment>
        <translation>„%1“: %2.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln address(es) can&apos;t be connected to</source>
        <translation>
            <numerusform>Mit einer Adresse lässt sich keine Verbindung herstellen</numerusform>
            <numerusform>Mit %Ln Adressen lässt sich keine Verbindung herstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add connection…</source>
        <translation>Verbindung hinzufügen …</translation>
    </message>
    <message>
        <source>What an address looks like:</source>
        <translation>So sieht eine Adresse aus:</translation>
    </message>
    <message>
        <source>%1 – this computer, without any service</source>
        <translation>%1 – dieser Rechner, ohne jeden Dienst</translation>
    </message>
    <message>
        <source>%1 – libvirt on this computer</source>
        <translation>%1 – libvirt auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1 – libvirt on another computer, through ssh</source>
        <translation>%1 – libvirt auf einem anderen Rechner, über ssh</translation>
    </message>
    <message>
        <source>%1 – VirtDeck on another computer, through ssh</source>
        <translation>%1 – VirtDeck auf einem anderen Rechner, über ssh</translation>
    </message>
</context>
<context>
    <name>ui::UsbDialog</name>
    <message>
        <source>USB devices</source>
        <translation>USB-Geräte</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>In the guest</source>
        <translation>Im Gast</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Von selbst</translation>
    </message>
    <message>
        <source>Give to the guest</source>
        <translation>Dem Gast geben</translation>
    </message>
    <message>
        <source>Always give this device</source>
        <translation>Dieses Gerät immer geben</translation>
    </message>
    <message>
        <source>Insert a &amp;disc image…</source>
        <translation>Ein Daten&amp;trägerabbild einlegen…</translation>
    </message>
    <message>
        <source>Insert a disc image</source>
        <translation>Ein Datenträgerabbild einlegen</translation>
    </message>
    <message>
        <source>USB devices for %1</source>
        <translation>USB-Geräte für %1</translation>
    </message>
    <message>
        <source>The disc could not be inserted: %1</source>
        <translation>Der Datenträger ließ sich nicht einlegen: %1</translation>
    </message>
    <message>
        <source>The device could not be redirected: %1</source>
        <translation>Das Gerät ließ sich nicht umleiten: %1</translation>
    </message>
    <message>
        <source>Opening USB devices needs rights. They are asked for by the package spice-client-glib-usb-acl-helper and a polkit agent of the desktop; without these, an udev rule can give you access to the device.</source>
        <translation>USB-Geräte zu öffnen braucht Rechte. Das Paket spice-client-glib-usb-acl-helper fragt danach, mit einem polkit-Agenten des Desktops; ohne diese kann eine udev-Regel Ihnen das Gerät freigeben.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Unnamed device</source>
        <translation>Gerät ohne Namen</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Nicht möglich</translation>
    </message>
    <message>
        <source>No USB device is plugged into this computer</source>
        <translation>An diesem Rechner steckt kein USB-Gerät</translation>
    </message>
    <message numerus="yes">
        <source>%n more device(s) can be given to the guest.</source>
        <translation>
            <numerusform>%n weiteres Gerät kann dem Gast gegeben werden.</numerusform>
            <numerusform>%n weitere Geräte können dem Gast gegeben werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The devices of this computer are not known: %1</source>
        <translation>Die Geräte dieses Rechners sind nicht bekannt: %1</translation>
    </message>
    <message>
        <source>&amp;Take back</source>
        <translation>&amp;Zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Give to the guest</source>
        <translation>Dem Gast &amp;geben</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>Wählen Sie ein Gerät</translation>
    </message>
    <message>
        <source>Give only when &amp;asked</source>
        <translation>Nur auf &amp;Verlangen geben</translation>
    </message>
    <message>
        <source>&amp;Always give this device</source>
        <translation>Dieses Gerät &amp;immer geben</translation>
    </message>
    <message>
        <source>Whenever one of this kind is plugged in</source>
        <translation>Sobald eines dieser Art eingesteckt wird</translation>
    </message>
    <message>
        <source>The guest gets a CD drive with this image in it</source>
        <translation>Der Gast bekommt ein CD-Laufwerk mit diesem Abbild darin</translation>
    </message>
    <message>
        <source>There is no free USB channel</source>
        <translation>Es ist kein USB-Kanal frei</translation>
    </message>
    <message>
        <source>Disc images (*.iso *.img)</source>
        <translation>Datenträgerabbilder (*.iso *.img)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ui::VmActions</name>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add connection…</source>
        <translation>Verbindung hinzufügen…</translation>
    </message>
    <message>
        <source>Manage the machines of another host</source>
        <translation>Die Maschinen eines weiteren Hosts verwalten</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Neu verbinden</translation>
    </message>
    <message>
        <source>Remove connection…</source>
        <translation>Verbindung entfernen…</translation>
    </message>
    <message>
        <source>Select a machine first.</source>
        <translation>Wählen Sie erst eine Maschine aus.</translation>
    </message>
    <message>
        <source>Select one machine first.</source>
        <translation>Wählen Sie erst eine einzelne Maschine aus.</translation>
    </message>
    <message>
        <source>This machine has no screen.</source>
        <translation>Diese Maschine hat keinen Bildschirm.</translation>
    </message>
    <message>
        <source>Show the machine&apos;s screen</source>
        <translation>Den Bildschirm der Maschine zeigen</translation>
    </message>
    <message>
        <source>Create a machine</source>
        <translation>Eine Maschine anlegen</translation>
    </message>
    <message>
        <source>Try to connect to the host now</source>
        <translation>Jetzt versuchen, den Host zu erreichen</translation>
    </message>
    <message>
        <source>Select a host first.</source>
        <translation>Wählen Sie erst einen Host aus.</translation>
    </message>
    <message>
        <source>The host is connected.</source>
        <translation>Der Host ist verbunden.</translation>
    </message>
    <message>
        <source>Forget this host; its machines go on running</source>
        <translation>Diesen Host vergessen; seine Maschinen laufen weiter</translation>
    </message>
    <message>
        <source>Remove the connection to %1?</source>
        <translation>Die Verbindung zu %1 entfernen?</translation>
    </message>
    <message>
        <source>The host and its machines vanish from this window. Nothing on the host is changed: its machines go on running, and you can add the connection again.</source>
        <translation>Der Host und seine Maschinen verschwinden aus diesem Fenster. Auf dem Host ändert sich nichts: Seine Maschinen laufen weiter, und Sie können die Verbindung wieder hinzufügen.</translation>
    </message>
    <message>
        <source>Remove connection</source>
        <translation>Verbindung entfernen</translation>
    </message>
    <message>
        <source>Resume from disk</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on from the memory that was saved to disk</source>
        <translation>Dort weitermachen, wo der Arbeitsspeicher auf die Platte gesichert wurde</translation>
    </message>
    <message>
        <source>Empty the host…</source>
        <translation>Den Host leeren…</translation>
    </message>
    <message>
        <source>Move, shut down or save all its machines, to work on it</source>
        <translation>Alle seine Maschinen verschieben, herunterfahren oder sichern, um an ihm zu arbeiten</translation>
    </message>
    <message>
        <source>The host and its machines vanish from this window. Its machines go on running, and you can add the connection again. This work goes through the connection; what becomes of it:</source>
        <translation>Der Host und seine Maschinen verschwinden aus diesem Fenster. Seine Maschinen laufen weiter, und Sie können die Verbindung wieder hinzufügen. Diese Arbeit geht über die Verbindung; was aus ihr wird:</translation>
    </message>
    <message>
        <source>The host and its machines vanish from this window. Its machines go on running, and you can add the connection again. What was changed of these is not stored anywhere:</source>
        <translation>Der Host und seine Maschinen verschwinden aus diesem Fenster. Seine Maschinen laufen weiter, und die Verbindung lässt sich wieder hinzufügen. Was an diesen geändert wurde, ist nirgends gespeichert:</translation>
    </message>
    <message>
        <source>No host that can create machines is connected: add a connection, or connect one again.</source>
        <translation>Kein Host, der Maschinen erstellen kann, ist verbunden: Fügen Sie eine Verbindung hinzu, oder verbinden Sie einen neu.</translation>
    </message>
</context>
<context>
    <name>ui::VmPage</name>
    <message>
        <source>Views of the machine</source>
        <translation>Ansichten der Maschine</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>seit %1 in Betrieb</translation>
    </message>
    <message>
        <source>The host does not answer. What you see is as of %1 (%2).</source>
        <translation>Der Host antwortet nicht. Sie sehen den Stand von %1 (%2).</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
</context>
<context>
    <name>ui::VmTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>In Betrieb</translation>
    </message>
    <message>
        <source>Filter the machines of this table</source>
        <translation>Die Maschinen dieser Tabelle filtern</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Words of a name, tag, host or state; also state:saved, host:a2, tag:shop, cpu&gt;80, mem&gt;512. A leading minus excludes.</source>
        <translation>Wörter eines Namens, eines Schlagworts, Hosts oder Zustands; auch state:saved, host:a2, tag:shop, cpu&gt;80, mem&gt;512. Ein Minus davor schließt aus.</translation>
    </message>
</context>
<context>
    <name>ui::VolumeDialogs</name>
    <message>
        <source>Give the volume a name.</source>
        <translation>Geben Sie dem Volume einen Namen.</translation>
    </message>
    <message>
        <source>The name of a volume has no slash.</source>
        <translation>Der Name eines Volumes hat keinen Schrägstrich.</translation>
    </message>
    <message>
        <source>New volume in %1</source>
        <translation>Neues Volume in %1</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Stands &amp;on</source>
        <translation>Steht &amp;auf</translation>
    </message>
    <message>
        <source>nothing: it is empty</source>
        <translation>nichts: es ist leer</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>&amp;Occupy all of it from the beginning</source>
        <translation>Von Anfang an alles &amp;belegen</translation>
    </message>
    <message>
        <source>A raw image stands alone.</source>
        <translation>Ein rohes Abbild steht für sich.</translation>
    </message>
    <message>
        <source>It keeps only what differs.</source>
        <translation>Es hält nur, was abweicht.</translation>
    </message>
    <message>
        <source>There is a volume of this name already.</source>
        <translation>Ein Volume dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Say how large it is to be.</source>
        <translation>Geben Sie an, wie groß es sein soll.</translation>
    </message>
    <message>
        <source>It can&apos;t be smaller than what it stands on.</source>
        <translation>Es kann nicht kleiner sein als das, worauf es steht.</translation>
    </message>
    <message>
        <source>There are only %1 free in this pool.</source>
        <translation>In diesem Pool sind nur %1 frei.</translation>
    </message>
    <message>
        <source>Keeps only what differs from the volume below, which must not be changed from then on.</source>
        <translation>Hält nur, was vom Volume darunter abweicht; dieses darf von da an nicht mehr geändert werden.</translation>
    </message>
    <message>
        <source>Takes its whole size at once.</source>
        <translation>Belegt sofort seine ganze Größe.</translation>
    </message>
    <message>
        <source>Takes room on the host only as it is filled.</source>
        <translation>Belegt auf dem Host nur so viel Platz, wie es gefüllt wird.</translation>
    </message>
    <message>
        <source>Upload a file to %1</source>
        <translation>Eine Datei nach %1 hochladen</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Name over there</source>
        <translation>&amp;Name dort</translation>
    </message>
    <message>
        <source>Choose a file of this computer.</source>
        <translation>Wählen Sie eine Datei dieses Rechners.</translation>
    </message>
    <message>
        <source>%1 is no file that can be read.</source>
        <translation>%1 ist keine lesbare Datei.</translation>
    </message>
    <message>
        <source>The volume of this name is in use: %1.</source>
        <translation>Das Volume dieses Namens ist in Gebrauch: %1.</translation>
    </message>
    <message>
        <source>%1 go over. What is in the volume of this name is overwritten, unless this is the rest of an upload that was interrupted.</source>
        <translation>%1 gehen hinüber. Was im Volume dieses Namens ist, wird überschrieben, außer dies ist der Rest eines unterbrochenen Hochladens.</translation>
    </message>
    <message>
        <source>%1 go over, less what is empty. If the connection breaks, it goes on by itself.</source>
        <translation>%1 gehen hinüber, abzüglich dessen, was leer ist. Bricht die Verbindung ab, geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>&amp;To the file</source>
        <translation>In die &amp;Datei</translation>
    </message>
    <message>
        <source>To the file</source>
        <translation>In die Datei</translation>
    </message>
    <message>
        <source>Say which file it is to become.</source>
        <translation>Geben Sie an, welche Datei es werden soll.</translation>
    </message>
    <message>
        <source>There is a file of this name already: it is not replaced.</source>
        <translation>Eine Datei dieses Namens gibt es schon: Sie wird nicht ersetzt.</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>Nach %1 lässt sich nichts schreiben.</translation>
    </message>
    <message>
        <source>%1 come over. The file is called %2 until it is whole.</source>
        <translation>%1 kommen herüber. Die Datei heißt %2, bis sie vollständig ist.</translation>
    </message>
    <message>
        <source>%1 is there already: the rest of it comes over.</source>
        <translation>%1 sind schon da: Der Rest kommt herüber.</translation>
    </message>
    <message>
        <source>If %1 runs meanwhile, the copy may be of no use.</source>
        <translation>Läuft %1 währenddessen, ist die Kopie vielleicht unbrauchbar.</translation>
    </message>
    <message>
        <source>Grow %1</source>
        <translation>%1 vergrößern</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>New &amp;size</source>
        <translation>Neue &amp;Größe</translation>
    </message>
    <message>
        <source>A volume can only grow; it has %1 now.</source>
        <translation>Ein Volume kann nur wachsen; es hat jetzt %1.</translation>
    </message>
    <message>
        <source>Partitions and file systems inside stay as they are until the guest grows them.</source>
        <translation>Partitionen und Dateisysteme darin bleiben, wie sie sind, bis der Gast sie vergrößert.</translation>
    </message>
    <message>
        <source>Clone %1</source>
        <translation>%1 klonen</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>Klonen</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>&amp;Pool</translation>
    </message>
    <message>
        <source>The copy needs a name of its own.</source>
        <translation>Die Kopie braucht einen eigenen Namen.</translation>
    </message>
    <message>
        <source>Makes a copy that stands alone; the original stays as it is.</source>
        <translation>Legt eine Kopie an, die für sich steht; das Original bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>The volume is deleted with all it holds (%1). This can&apos;t be undone.</source>
        <translation>Das Volume wird mit allem, was es enthält, gelöscht (%1). Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>The host is being asked what is in the pool already.</source>
        <translation>Der Host wird noch gefragt, was schon im Pool liegt.</translation>
    </message>
    <message>
        <source>Looking for the file…</source>
        <translation>Die Datei wird gesucht …</translation>
    </message>
</context>
<context>
    <name>ui::VolumePicker</name>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>No volumes here</source>
        <translation>Hier sind keine Volumes</translation>
    </message>
    <message>
        <source>Choose a volume</source>
        <translation>Ein Volume wählen</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>&amp;Pool</translation>
    </message>
    <message>
        <source>Choose a volume of a storage pool</source>
        <translation>Ein Volume eines Speicherpools wählen</translation>
    </message>
    <message>
        <source>No pool of this host runs: see its page, under Storage.</source>
        <translation>Kein Pool dieses Hosts läuft: siehe seine Seite, unter Datenspeicher.</translation>
    </message>
    <message>
        <source>There is nothing in this pool yet.</source>
        <translation>In diesem Pool ist noch nichts.</translation>
    </message>
    <message>
        <source>Select a volume first.</source>
        <translation>Wählen Sie erst ein Volume aus.</translation>
    </message>
</context>
<context>
    <name>ui::WallModel</name>
    <message>
        <source>%1 on %2: %3</source>
        <translation>%1 auf %2: %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ui::XmlDialog</name>
    <message>
        <source>The XML is broken in line %1: %2</source>
        <translation>Das XML ist in Zeile %1 fehlerhaft: %2</translation>
    </message>
    <message>
        <source>It must be a &lt;%1&gt;.</source>
        <translation>Es muss ein &lt;%1&gt; sein.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Noch wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Stored meanwhile</source>
        <translation>Inzwischen gespeichert</translation>
    </message>
    <message>
        <source>Somebody else has changed it meanwhile, so yours was not stored. What is above replaces theirs if you store it now.</source>
        <translation>Jemand anders hat es inzwischen geändert, daher wurde Ihres nicht gespeichert. Was oben steht, ersetzt die andere Fassung, wenn Sie es jetzt speichern.</translation>
    </message>
</context>
<context>
    <name>ui::XmlEditor</name>
    <message>
        <source>Definition as XML</source>
        <translation>Definition als XML</translation>
    </message>
</context>
</TS>
