// SPDX-License-Identifier: Apache-2.0

import PluginHost
import PluginManifest
import PluginTrust

extension LiveHost {
    /// Where a change may concern this host: the operator's file and the lock file, whether they are there or not, the
    /// folders of plugins, libraries that lie elsewhere, and the quarantine.
    var places: WatchedPlaces {
        let inspection = inspection
        var places = WatchedPlaces()
        for place in ConfigurationSearch(explicit: settings.config, environment: environment).places {
            if let path = place.path { places.add(file: path) }
        }
        places.add(file: TrustPolicy(inspection.configuration, environment).lock)
        places.add(folder: HostFolders(environment: environment).quarantine)
        for folder in HostOptions.search(inspection.configuration, environment).folders {
            places.add(folder: folder.path)
            for plugin in PluginSearch.subfolders(of: folder.path) { places.add(folder: plugin) }
        }
        for manifest in inspection.discovery.manifests + inspection.discovery.refused {
            places.add(folder: manifest.folder)
            if let library = manifest.libraryPath { places.add(file: library) }
        }
        return places
    }
}
