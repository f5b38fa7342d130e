<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    </context>
</TS>
