// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What real servers have and the simulator lacks, as far as libvirt's ESX driver relies on it.
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"path"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// startManager remembers which machines start with their host.
type startManager struct {
	mo.HostAutoStartManager
}

func (m *startManager) ReconfigureAutostart(request *types.ReconfigureAutostart) soap.HasFault {
	spec := request.Spec
	if spec.Defaults != nil {
		m.Config.Defaults = spec.Defaults
	}
	for _, wanted := range spec.PowerInfo {
		kept := m.Config.PowerInfo[:0:0]
		for _, known := range m.Config.PowerInfo {
			if known.Key != wanted.Key {
				kept = append(kept, known)
			}
		}
		m.Config.PowerInfo = append(kept, wanted)
	}
	return &methods.ReconfigureAutostartBody{Res: &types.ReconfigureAutostartResponse{}}
}

// completeHosts gives each host what it would have: autostart, limits, figures, mounted datastores.
func completeHosts() {
	for index, entity := range simulator.Map.All("HostSystem") {
		host := entity.(*simulator.HostSystem)
		off := false
		manager := &startManager{}
		manager.Self = types.ManagedObjectReference{Type: "HostAutoStartManager", Value: fmt.Sprint("autostart-", index)}
		manager.Config.Defaults = &types.AutoStartDefaults{Enabled: &off, WaitForHeartbeat: &off,
			StartDelay: 120, StopDelay: 120, StopAction: "PowerOff"}
		simulator.Map.Put(manager)
		host.ConfigManager.AutoStartManager = &manager.Self
		host.Capability = &types.HostCapability{MaxSupportedVcpus: 16, ScreenshotSupported: true}
		host.Summary.QuickStats.OverallCpuUsage = 300
		host.Summary.QuickStats.OverallMemoryUsage = 1024
		for _, reference := range host.Datastore {
			mount(simulator.Map.Get(reference).(*simulator.Datastore), host)
		}
	}
	for _, entity := range simulator.Map.All("VirtualMachine") {
		vm := entity.(*simulator.VirtualMachine)
		vm.Summary.QuickStats.OverallCpuUsage = 230
		vm.Summary.QuickStats.HostMemoryUsage = 96
	}
}

func mount(store *simulator.Datastore, host *simulator.HostSystem) {
	on := true
	found := false
	for index := range store.Host {
		found = found || store.Host[index].Key == host.Self
	}
	if !found {
		store.Host = append(store.Host, types.DatastoreHostMount{Key: host.Self})
	}
	for index := range store.Host {
		// libvirt 9.0 takes a path for granted: without one its pools crash the client.
		store.Host[index].MountInfo = types.HostMountInfo{Path: store.Summary.Url, AccessMode: "readWrite",
			Mounted: &on, Accessible: &on}
	}
}

// machineOf finds the machine that a file of a datastore configures.
func machineOf(file string) *simulator.VirtualMachine {
	for _, entity := range simulator.Map.All("VirtualMachine") {
		vm := entity.(*simulator.VirtualMachine)
		if _, inStore, _ := strings.Cut(vm.Config.Files.VmPathName, "] "); inStore == file {
			return vm
		}
	}
	return nil
}

// spacedUuid: "56 4d ... e1-0f ...", as VMX files have them.
func spacedUuid(uuid string) string {
	digits := strings.ReplaceAll(uuid, "-", "")
	var text strings.Builder
	for index := 0; index+1 < len(digits); index += 2 {
		switch index {
		case 0:
		case 16:
			text.WriteByte('-')
		default:
			text.WriteByte(' ')
		}
		text.WriteString(digits[index : index+2])
	}
	return text.String()
}

// writeVmx tells a machine's configuration as its VMX file would.
func writeVmx(out io.Writer, vm *simulator.VirtualMachine) {
	config := vm.Config
	set := func(key string, value interface{}) { fmt.Fprintf(out, "%s = \"%v\"\n", key, value) }
	set(".encoding", "UTF-8")
	set("config.version", 8)
	set("virtualHW.version", strings.TrimPrefix(config.Version, "vmx-"))
	set("displayName", vm.Name)
	set("annotation", config.Annotation)
	set("guestOS", "otherlinux-64")
	set("memsize", config.Hardware.MemoryMB)
	set("numvcpus", config.Hardware.NumCPU)
	set("uuid.bios", spacedUuid(config.Uuid))
	disks, cards := 0, 0
	for _, device := range config.Hardware.Device {
		switch known := device.(type) {
		case *types.VirtualDisk:
			prefix := fmt.Sprintf("scsi0:%d.", disks)
			backing := known.Backing.(types.BaseVirtualDeviceFileBackingInfo).GetVirtualDeviceFileBackingInfo()
			set("scsi0.present", "true")
			set("scsi0.virtualDev", "pvscsi")
			set(prefix+"present", "true")
			set(prefix+"deviceType", "scsi-hardDisk")
			set(prefix+"fileName", path.Base(backing.FileName))
			disks++
		case types.BaseVirtualEthernetCard:
			prefix := fmt.Sprintf("ethernet%d.", cards)
			set(prefix+"present", "true")
			set(prefix+"virtualDev", "vmxnet3")
			set(prefix+"connectionType", "bridged")
			set(prefix+"networkName", "VM Network")
			set(prefix+"addressType", "generated")
			set(prefix+"generatedAddress", known.GetVirtualEthernetCard().MacAddress)
			cards++
		}
	}
	set("RemoteDisplay.vnc.enabled", "true")
	set("RemoteDisplay.vnc.port", 5909)
}

// writeScreen draws what would be on a machine's screen.
func writeScreen(out io.Writer) error {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := 0; y < 200; y++ {
		for x := 0; x < 320; x++ {
			picture.Set(x, y, color.RGBA{uint8(x / 2), uint8(y), 128, 255})
		}
	}
	return png.Encode(out, picture)
}
