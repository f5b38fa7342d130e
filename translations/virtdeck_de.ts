<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
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
            <source>The server's certificate was not accepted.</source>
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
            <source>This kind of screen can't be shown.</source>
            <translation>Diese Art Bildschirm lässt sich nicht anzeigen.</translation>
        </message>
        <message>
            <source>The console's own process answered nonsense.</source>
            <translation>Der Prozess der Konsole hat Unsinn geantwortet.</translation>
        </message>
        <message>
            <source>The program virtdeck-console could not be started. Is VirtDeck installed completely?</source>
            <translation>Das Programm virtdeck-console ließ sich nicht starten. Ist VirtDeck vollständig installiert?</translation>
        </message>
        <message>
            <source>The console's own process crashed, and again after a restart. The machine is not affected.</source>
            <translation>Der Prozess der Konsole ist abgestürzt, und nach einem Neustart noch einmal. Die Maschine ist nicht betroffen.</translation>
        </message>
        <message>
            <source>Not connected</source>
            <translation>Nicht verbunden</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbinde …</translation>
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
            <translation>Warte auf das Bild …</translation>
        </message>
        <message>
            <source>The machine has turned its screen off</source>
            <translation>Die Maschine hat ihren Bildschirm abgeschaltet</translation>
        </message>
        <message>
            <source>The machine has the pointer. Press Ctrl+Alt to get it back.</source>
            <translation>Die Maschine hat den Zeiger. Strg+Alt holt ihn zurück.</translation>
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
            <source>Examples:
embedded:///  this computer, without any service
embedded+ssh://user@host/  VirtDeck on another computer (ssh)
qemu:///system  libvirt on this computer
qemu+ssh://root@host/system  libvirt on another computer
xen+ssh://root@host/system, esx://root@host/, hyperv://user@host/</source>
            <translation>Beispiele:
embedded:///  dieser Computer, ohne jeden Dienst
embedded+ssh://user@host/  VirtDeck auf einem anderen Computer (ssh)
qemu:///system  libvirt auf diesem Computer
qemu+ssh://root@host/system  libvirt auf einem anderen Computer
xen+ssh://root@host/system, esx://root@host/, hyperv://benutzer@host/</translation>
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
            <source>No hypervisor is known by that name. Examples are below.</source>
            <translation>Ein Hypervisor dieses Namens ist nicht bekannt. Beispiele stehen unten.</translation>
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
        <name>ui::Consequences</name>
        <message>
            <source>None of the selected machines is in a state for that.</source>
            <translation>Keine der ausgewählten Maschinen ist in einem Zustand dafür.</translation>
        </message>
        <message>
            <source>%1: %2 on %3</source>
            <extracomment>%1 is an action ("Start"), %2 is "12 machines", %3 is "3 hosts"</extracomment>
            <translation>%1: %2 auf %3</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <extracomment>%1 is an action ("Start"), %2 is "12 machines"</extracomment>
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
            <translation>Sie hält sofort an, als hätte jemand den Stecker gezogen. Was der Gast noch nicht auf seine Platten geschrieben hat, ist verloren.</translation>
        </message>
        <message>
            <source>The definition is removed from the host. This can't be undone.</source>
            <translation>Die Definition wird vom Host entfernt. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Disk is deleted: %1</source>
            <extracomment>%1 is the path of a disk image</extracomment>
            <translation>Platte wird gelöscht: %1</translation>
        </message>
        <message>
            <source>Disk is kept: %1</source>
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
            <source>Send keys</source>
            <translation>Tasten senden</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>Scale the screen to the window</source>
            <translation>Den Bildschirm an das Fenster anpassen</translation>
        </message>
        <message>
            <source>1:1</source>
            <translation>1:1</translation>
        </message>
        <message>
            <source>Show every pixel of the guest as one pixel</source>
            <translation>Jeden Bildpunkt des Gastes als einen Bildpunkt zeigen</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Show the console on the whole screen (F11)</source>
            <translation>Die Konsole auf dem ganzen Bildschirm zeigen (F11)</translation>
        </message>
        <message>
            <source>Send keys that this computer would take itself</source>
            <translation>Tasten senden, die dieser Computer sonst selbst nähme</translation>
        </message>
        <message>
            <source>Not offered by this host. %1</source>
            <translation>Von diesem Host nicht angeboten. %1</translation>
        </message>
        <message>
            <source>This machine has no screen that could be shown over SPICE.</source>
            <translation>Diese Maschine hat keinen Bildschirm, der sich über SPICE zeigen ließe.</translation>
        </message>
        <message>
            <source>The machine is off. Its screen appears here when it is started.</source>
            <translation>Die Maschine ist aus. Ihr Bildschirm erscheint hier, sobald sie gestartet wird.</translation>
        </message>
        <message>
            <source>The machine is starting. Its screen appears in a moment.</source>
            <translation>Die Maschine startet. Ihr Bildschirm erscheint gleich.</translation>
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
            <source>Convert the image to qcow2, or make the disk read-only.</source>
            <translation>Wandeln Sie das Abbild in qcow2 um, oder machen Sie den Datenträger schreibgeschützt.</translation>
        </message>
        <message>
            <source>A disk can't keep snapshots: %1</source>
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
            <source>The disk image can't be trusted: %1</source>
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
            <source>QEMU on this host can't show a screen over SPICE.</source>
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
            <translation>Halten Sie erst das andere an: Zwei Schreiber würden die Platte zerstören.</translation>
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
            <source>The definition of the machine can't be read.</source>
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
            <source>The data folder can't be written: %1</source>
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
            <source>This can't be used: %1</source>
            <translation>Das ist nicht verwendbar: %1</translation>
        </message>
        <message>
            <source>These settings can't be used.</source>
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
            <source>%1 is in no state for that.</source>
            <translation>%1 ist nicht im Zustand dafür.</translation>
        </message>
        <message>
            <source>The machine is in no state for that.</source>
            <translation>Die Maschine ist nicht im Zustand dafür.</translation>
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
            <source>Look at the guest's screen; it may wait for somebody.</source>
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
            <source>Check the disk and the file's permissions.</source>
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
    </context>
    <context>
        <name>ui::FullScreenConsole</name>
        <message>
            <source>Leave full screen (F11)</source>
            <translation>Vollbild verlassen (F11)</translation>
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
            <extracomment>%1 is a time span: "4 min ago"</extracomment>
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
    </context>
    <context>
        <name>ui::MetricChart</name>
        <message>
            <source>%1/s</source>
            <extracomment>A rate: %1 is a unit, such as "MiB"</extracomment>
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
            <source>There is no such file: %1</source>
            <translation>Diese Datei gibt es nicht: %1</translation>
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
            <source>A name can't contain a slash or begin with a dot.</source>
            <translation>Ein Name darf keinen Schrägstrich enthalten und nicht mit einem Punkt beginnen.</translation>
        </message>
        <message>
            <source>The name is taken by another machine of this host.</source>
            <translation>Eine andere Maschine dieses Hosts trägt den Namen schon.</translation>
        </message>
        <message>
            <source>Creates a machine with %1, %2 memory and a new disk of %3 on %4.</source>
            <extracomment>%1 is "2 CPUs", %2 and %3 are amounts ("2 GiB"), %4 is a host</extracomment>
            <translation>Legt eine Maschine mit %1, %2 Arbeitsspeicher und einer neuen Platte von %3 an: %4.</translation>
        </message>
        <message>
            <source>Creates a machine with %1 and %2 memory on %3.</source>
            <extracomment>%1 is "2 CPUs", %2 is an amount ("2 GiB"), %3 is a host</extracomment>
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
            <source>Load now</source>
            <translation>Last jetzt</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>Memory in use</source>
            <translation>Belegter Speicher</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Platte</translation>
        </message>
        <message>
            <source>%1 read, %2 written</source>
            <translation>%1 gelesen, %2 geschrieben</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>%1 received, %2 sent</source>
            <translation>%1 empfangen, %2 gesendet</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Up for</source>
            <translation>In Betrieb</translation>
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
            <source>Files of another computer can't be browsed here.</source>
            <translation>Dateien eines anderen Computers lassen sich hier nicht durchsuchen.</translation>
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
            <source>Words of a name, host or state; also state:running, host:a2, cpu&gt;80, mem&gt;512. A leading minus excludes. (Ctrl+F or /)</source>
            <translation>Wörter aus Name, Host oder Zustand; auch state:running, host:a2, cpu&gt;80, mem&gt;512. Ein Minus davor schließt aus. (Strg+F oder /)</translation>
        </message>
        <message>
            <source>Hosts and machines</source>
            <translation>Hosts und Maschinen</translation>
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
            <extracomment>%1 is a state ("Failed"), %2 a host, %3 a time, %4 a duration</extracomment>
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
    </context>
    <context>
        <name>ui::Text</name>
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
            <source>Ask the guest to shut down (ACPI); it may ignore that</source>
            <translation>Den Gast bitten herunterzufahren (ACPI); er kann das überhören</translation>
        </message>
        <message>
            <source>Restart at once, like the reset button; the guest can't save anything</source>
            <translation>Sofort neu starten, wie mit der Reset-Taste; der Gast kann nichts sichern</translation>
        </message>
        <message>
            <source>Switch off at once, like pulling the plug; the guest can't save anything</source>
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
            <source>Connection lost, trying again</source>
            <translation>Verbindung verloren, versuche es erneut</translation>
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
            <source>The guest's operating system failed (kernel panic).</source>
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
            <source>A paused machine can't react: resume it first, or force it off.</source>
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
            <source>Test hypervisor (%1)</source>
            <translation>Test-Hypervisor (%1)</translation>
        </message>
        <message>
            <source>%1 (user session)</source>
            <extracomment>%1 is the kind of hypervisor; "session" is libvirt's word</extracomment>
            <translation>%1 (Benutzersitzung)</translation>
        </message>
        <message>
            <source>%1 (system)</source>
            <translation>%1 (System)</translation>
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
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    </context>
    <context>
        <name>ui::Units</name>
        <message>
            <source>%1/s</source>
            <extracomment>A rate: %1 is an amount with its unit, such as "1.2 MiB"</extracomment>
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
            <extracomment>%1 is a duration, such as "4 min"</extracomment>
            <translation>vor %1</translation>
        </message>
    </context>
    <context>
        <name>ui::VmActions</name>
        <message>
            <source>Remove…</source>
            <translation>Entfernen …</translation>
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
            <translation>Verbindung hinzufügen …</translation>
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
            <translation>Verbindung entfernen …</translation>
        </message>
        <message>
            <source>Select a machine first.</source>
            <translation>Wählen Sie erst eine Maschine aus.</translation>
        </message>
        <message>
            <source>None of the selected machines is in a state for that.</source>
            <translation>Keine der ausgewählten Maschinen ist in einem Zustand dafür.</translation>
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
            <source>Show the machine's screen</source>
            <translation>Den Bildschirm der Maschine zeigen</translation>
        </message>
        <message>
            <source>Add a connection first: no host that can create machines is connected.</source>
            <translation>Fügen Sie erst eine Verbindung hinzu: Kein verbundener Host kann Maschinen anlegen.</translation>
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
</context>
</TS>
