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
    </context>
</TS>
