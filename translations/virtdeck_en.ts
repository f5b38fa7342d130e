<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>console::TerminalPanel</name>
    <message numerus="yes">
        <source>Paste %n line(s)? The guest may carry out each of them at once.</source>
        <translation>
            <numerusform>Paste %n line? The guest may carry out each of them at once.</numerusform>
            <numerusform>Paste %n lines? The guest may carry out each of them at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AddConnectionDialog</name>
    <message numerus="yes">
        <source>It works: %1 on %2, %n machine(s), after %3 s.</source>
        <translation>
            <numerusform>It works: %1 on %2, %n machine, after %3 s.</numerusform>
            <numerusform>It works: %1 on %2, %n machines, after %3 s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Consequences</name>
    <message numerus="yes">
        <source>%Ln host(s)</source>
        <translation>
            <numerusform>%Ln host</numerusform>
            <numerusform>%Ln hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, not in a state for it</source>
        <translation>
            <numerusform>%Ln left out, not in a state for it</numerusform>
            <numerusform>%Ln left out, not in a state for it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shut down %Ln machine(s)?</source>
        <translation>
            <numerusform>Shut down %Ln machine?</numerusform>
            <numerusform>Shut down %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reset %Ln machine(s)?</source>
        <translation>
            <numerusform>Reset %Ln machine?</numerusform>
            <numerusform>Reset %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Force off %Ln machine(s)?</source>
        <translation>
            <numerusform>Force off %Ln machine?</numerusform>
            <numerusform>Force off %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln machine(s)?</source>
        <translation>
            <numerusform>Remove %Ln machine?</numerusform>
            <numerusform>Remove %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reboot %Ln machine(s)?</source>
        <translation>
            <numerusform>Reboot %Ln machine?</numerusform>
            <numerusform>Reboot %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln machine(s)?</source>
        <translation>
            <numerusform>Save %Ln machine?</numerusform>
            <numerusform>Save %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard the saved memory of %Ln machine(s)?</source>
        <translation>
            <numerusform>Discard the saved memory of %Ln machine?</numerusform>
            <numerusform>Discard the saved memory of %Ln machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, not offered by the host</source>
        <translation>
            <numerusform>%Ln left out, not offered by the host</numerusform>
            <numerusform>%Ln left out, not offered by the host</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out, the host is not connected</source>
        <translation>
            <numerusform>%Ln left out, the host is not connected</numerusform>
            <numerusform>%Ln left out, the host is not connected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConsoleDevices</name>
    <message numerus="yes">
        <source>The guest may use the smart cards of this computer (%n reader(s)). Turning it off takes effect at the next connection.</source>
        <translation>
            <numerusform>The guest may use the smart cards of this computer (%n reader). Turning it off takes effect at the next connection.</numerusform>
            <numerusform>The guest may use the smart cards of this computer (%n readers). Turning it off takes effect at the next connection.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConsoleNotice</name>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>and %n other</numerusform>
            <numerusform>and %n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConsoleTab</name>
    <message numerus="yes">
        <source>The console of %1 was closed: %n are kept in the background.</source>
        <translation>
            <numerusform>The console of %1 was closed: %n are kept in the background.</numerusform>
            <numerusform>The console of %1 was closed: %n are kept in the background.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::GuestTools</name>
    <message numerus="yes">
        <source>The machine&apos;s graphics card has %n display(s).</source>
        <translation>
            <numerusform>The machine&apos;s graphics card has %n display.</numerusform>
            <numerusform>The machine&apos;s graphics card has %n displays.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This VNC server knows Western European letters alone (Latin-1): %n character(s) of what you copied became question marks.</source>
        <translation>
            <numerusform>This VNC server knows Western European letters alone (Latin-1): %n character of what you copied became question marks.</numerusform>
            <numerusform>This VNC server knows Western European letters alone (Latin-1): %n characters of what you copied became question marks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HardwareTab</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HostPage</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ImagesTab</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is damaged: %Ln place(s).</source>
        <translation>
            <numerusform>%1 is damaged: %Ln place.</numerusform>
            <numerusform>%1 is damaged: %Ln places.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cluster(s) are occupied and not used, which is harmless.</source>
        <translation>
            <numerusform>%Ln cluster is occupied and not used, which is harmless.</numerusform>
            <numerusform>%Ln clusters are occupied and not used, which is harmless.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MaintenanceDialog</name>
    <message numerus="yes">
        <source>%Ln machine(s) move, a few at a time. Those that can&apos;t move stay, and their tasks say why.</source>
        <translation>
            <numerusform>%Ln machine move, a few at a time. Those that can&apos;t move stay, and their tasks say why.</numerusform>
            <numerusform>%Ln machines move, a few at a time. Those that can&apos;t move stay, and their tasks say why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln guest(s) are asked to shut down; those that don&apos;t, run on.</source>
        <translation>
            <numerusform>%Ln guest are asked to shut down; those that don&apos;t, run on.</numerusform>
            <numerusform>%Ln guests are asked to shut down; those that don&apos;t, run on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The memory of %Ln machine(s) is written to disk; they go on from there when they are started.</source>
        <translation>
            <numerusform>The memory of %Ln machine is written to disk; they go on from there when they are started.</numerusform>
            <numerusform>The memory of %Ln machines is written to disk; they go on from there when they are started.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are resumed, then asked to shut down.</source>
        <translation>
            <numerusform>%Ln machine is resumed, then asked to shut down.</numerusform>
            <numerusform>%Ln machines are resumed, then asked to shut down.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are saved to disk.</source>
        <translation>
            <numerusform>%Ln machine is saved to disk.</numerusform>
            <numerusform>%Ln machines are saved to disk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) are forced off: what their guests have not written to their disks is lost.</source>
        <translation>
            <numerusform>%Ln machine is forced off: what its guest has not written to its disks is lost.</numerusform>
            <numerusform>%Ln machines are forced off: what their guests have not written to their disks is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RecordTools</name>
    <message numerus="yes">
        <source>&amp;Keep the last %n second(s)</source>
        <translation>
            <numerusform>&amp;Keep the last %n second</numerusform>
            <numerusform>&amp;Keep the last %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the &amp;last %n second(s)…</source>
        <translation>
            <numerusform>Save the &amp;last %n second…</numerusform>
            <numerusform>Save the &amp;last %n seconds…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ScreenWall</name>
    <message numerus="yes">
        <source>%Ln machine(s)</source>
        <translation>
            <numerusform>%Ln machine</numerusform>
            <numerusform>%Ln machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SelectionPage</name>
    <message numerus="yes">
        <source>%Ln selected machine(s)</source>
        <translation>
            <numerusform>%Ln selected machine</numerusform>
            <numerusform>%Ln selected machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::StorageTab</name>
    <message numerus="yes">
        <source>%Ln volume(s)</source>
        <translation>
            <numerusform>%Ln volume</numerusform>
            <numerusform>%Ln volumes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TaskDock</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Text</name>
    <message numerus="yes">
        <source>%Ln machine(s)</source>
        <translation>
            <numerusform>%Ln machine</numerusform>
            <numerusform>%Ln machines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln CPU(s)</source>
        <translation>
            <numerusform>%Ln CPU</numerusform>
            <numerusform>%Ln CPUs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln machine(s) from the trash</source>
        <translation>
            <numerusform>Delete %Ln machine from the trash</numerusform>
            <numerusform>Delete %Ln machines from the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %1 and %Ln disk image(s)</source>
        <translation>
            <numerusform>Remove %1 and %Ln disk image</numerusform>
            <numerusform>Remove %1 and %Ln disk images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TransferStrip</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TypeTextDialog</name>
    <message numerus="yes">
        <source>%n character(s) will be typed.</source>
        <translation>
            <numerusform>%n character will be typed.</numerusform>
            <numerusform>%n characters will be typed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n character(s) were not typed.</source>
        <translation>
            <numerusform>Stopped. %n character were not typed.</numerusform>
            <numerusform>Stopped. %n characters were not typed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::UnusableAddresses</name>
    <message numerus="yes">
        <source>%Ln address(es) can&apos;t be connected to</source>
        <translation>
            <numerusform>%Ln address can&apos;t be connected to</numerusform>
            <numerusform>%Ln addresses can&apos;t be connected to</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::UsbDialog</name>
    <message numerus="yes">
        <source>%n more device(s) can be given to the guest.</source>
        <translation>
            <numerusform>%n more device can be given to the guest.</numerusform>
            <numerusform>%n more devices can be given to the guest.</numerusform>
        </translation>
    </message>
</context>
</TS>
