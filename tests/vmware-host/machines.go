// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
package main

import (
	"context"
	"net/url"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// machine is one that tests expect to find.
type machine struct {
	name   string
	host   string // in whose inventory path it lies
	folder string // of machines; "": the topmost
	cpus   int32
	memory int64 // MiB
	runs   bool
}

var esxMachines = []machine{
	{"web", "*", "", 2, 512, true},
	{"db", "*", "", 4, 2048, true},
	{"spare", "*", "", 1, 256, false},
}

// Two hosts of a cluster and one that stands alone; machines of one name part in folders.
var vcenterMachines = []machine{
	{"web", "DC0_C0/DC0_C0_H0", "Shop/Front", 2, 512, true},
	{"db", "DC0_C0/DC0_C0_H0", "Shop", 4, 2048, true},
	{"spare", "DC0_C0/DC0_C0_H0", "", 1, 256, false},
	{"other", "DC0_C0/DC0_C0_H1", "Shop", 1, 128, true},
	{"alone", "DC0_H0/DC0_H0", "", 1, 128, true},
}

// furnish fills the empty model by calls of its own interface, as an administrator would.
func furnish(address *url.URL, isVCenter bool) error {
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, address, true)
	if err != nil {
		return err
	}
	defer client.Logout(ctx)
	finder := find.NewFinder(client.Client, true)
	datacenter, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	finder.SetDatacenter(datacenter)
	folders, err := datacenter.Folders(ctx)
	if err != nil {
		return err
	}
	tree := map[string]*object.Folder{"": folders.VmFolder}
	machines := esxMachines
	if isVCenter {
		machines = vcenterMachines
		if tree["Shop"], err = folders.VmFolder.CreateFolder(ctx, "Shop"); err != nil {
			return err
		}
		// What a slash in a name looks like in an inventory.
		if tree["Shop/Front"], err = tree["Shop"].CreateFolder(ctx, "Front%2fEnd"); err != nil {
			return err
		}
	}
	for _, m := range machines {
		host, err := finder.HostSystem(ctx, m.host)
		if err != nil {
			return err
		}
		if err := create(ctx, tree[m.folder], host, m); err != nil {
			return err
		}
	}
	return nil
}

func create(ctx context.Context, folder *object.Folder, host *object.HostSystem, m machine) error {
	pool, err := host.ResourcePool(ctx)
	if err != nil {
		return err
	}
	var devices object.VirtualDeviceList
	scsi, err := devices.CreateSCSIController("pvscsi")
	if err != nil {
		return err
	}
	file := "[LocalDS_0] " + m.name + "/" + m.name + ".vmdk"
	disk := devices.CreateDisk(scsi.(types.BaseVirtualController), types.ManagedObjectReference{}, file)
	disk.CapacityInKB = 1024
	card, err := object.EthernetCardTypes().CreateEthernetCard("vmxnet3",
		&types.VirtualEthernetCardNetworkBackingInfo{VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "VM Network"}})
	if err != nil {
		return err
	}
	devices = append(devices, scsi, disk, card)
	changes, err := devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	if err != nil {
		return err
	}
	task, err := folder.CreateVM(ctx, types.VirtualMachineConfigSpec{
		Name:         m.name,
		GuestId:      string(types.VirtualMachineGuestOsIdentifierOtherGuest),
		Files:        &types.VirtualMachineFileInfo{VmPathName: "[LocalDS_0]"},
		NumCPUs:      m.cpus,
		MemoryMB:     m.memory,
		Annotation:   "Of the lab",
		DeviceChange: changes,
	}, pool, host)
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(ctx, nil)
	if err != nil || !m.runs {
		return err
	}
	made := object.NewVirtualMachine(folder.Client(), info.Result.(types.ManagedObjectReference))
	power, err := made.PowerOn(ctx)
	if err != nil {
		return err
	}
	return power.Wait(ctx)
}
