// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Targets in whose debug builds tests may plant faults, to prove that the simulator finds them.
let plantable: [SwiftSetting] =
  settings + [.define("PLANTED_FAULTS", .when(configuration: .debug))]

// On Linux its flags are not needed, and one that SwiftPM does not know makes every build warn.
#if os(Linux)
let re2PackageConfiguration: String? = nil
#else
let re2PackageConfiguration: String? = "re2"
#endif

let package = Package(
  name: "millrace",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Millrace", targets: ["Millrace"]),
    .executable(name: "millrace", targets: ["millrace-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CZeroMQ", pkgConfig: "libzmq",
      providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
    .systemLibrary(
      name: "CPgQuery",
      providers: [.apt(["libpg-query-dev"]), .brew(["libpg_query"])]),
    .systemLibrary(
      name: "CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),

    .systemLibrary(
      name: "CRE2Library", pkgConfig: re2PackageConfiguration,
      providers: [.apt(["libre2-dev"]), .brew(["re2"])]),
    .target(
      name: "CRE2", dependencies: ["CRE2Library"], linkerSettings: [.linkedLibrary("re2")]),

    .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
    .target(name: "Access", dependencies: ["ZeroMQ"], swiftSettings: settings),
    .target(
      name: "PipelineCore",
      dependencies: [
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: plantable),
    .target(
      name: "Wire",
      dependencies: [
        "PipelineCore", "CXXHash",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["millrace.proto"],
      swiftSettings: settings),
    .target(
      name: "ResultStore", dependencies: ["PipelineCore", "Wire"], swiftSettings: settings),
    .target(
      name: "Ledger",
      dependencies: ["PipelineCore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .target(
      name: "Simulation", dependencies: ["PipelineCore", "ResultStore", "Wire"],
      swiftSettings: plantable),
    .target(
      name: "Topology",
      dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(name: "Columnar", swiftSettings: settings),
    .target(name: "CByteMasks"),
    .target(name: "CProcessors"),
    .target(
      name: "Formats", dependencies: ["CByteMasks", "Columnar", "Operators"],
      swiftSettings: settings),
    .target(
      name: "Query", dependencies: ["CPgQuery", "CRE2", "Columnar", "Formats", "Operators"],
      swiftSettings: settings),
    .target(name: "Operators", swiftSettings: settings),
    .target(
      name: "Runtime",
      dependencies: [
        "ZeroMQ", "Access", "Wire", "PipelineCore", "Operators", "ResultStore", "CZstd",
        "CProcessors",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "Millrace",
      dependencies: [
        "Runtime", "Topology", "Query", "Formats", "Columnar", "Operators", "PipelineCore", "Wire",
        "ZeroMQ", "Access", "Ledger", "ResultStore", "Simulation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .executableTarget(name: "millrace-cli", dependencies: ["Millrace"], swiftSettings: settings),
    .executableTarget(
      name: "millrace-generate", path: "Benchmarks/Generate", swiftSettings: settings),
    .executableTarget(
      name: "millrace-kernels", dependencies: ["Query", "Formats", "Columnar", "Operators"],
      path: "Benchmarks/Kernels", swiftSettings: settings),

    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], swiftSettings: settings),
    .testTarget(name: "AccessTests", dependencies: ["Access", "ZeroMQ"], swiftSettings: settings),
    .testTarget(
      name: "PipelineCoreTests", dependencies: ["PipelineCore"], swiftSettings: plantable),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", "PipelineCore"], swiftSettings: settings),
    .testTarget(
      name: "ResultStoreTests",
      dependencies: ["ResultStore", "Simulation", "PipelineCore", "Wire"],
      swiftSettings: settings),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["Ledger", "PipelineCore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Simulation", "PipelineCore", "ResultStore"], swiftSettings: plantable),
    .testTarget(name: "TopologyTests", dependencies: ["Topology"], swiftSettings: settings),
    .testTarget(name: "ColumnarTests", dependencies: ["Columnar"], swiftSettings: settings),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "Columnar", "Operators"],
      swiftSettings: settings),
    .testTarget(
      name: "QueryTests", dependencies: ["Query", "Formats", "Columnar", "Operators"],
      swiftSettings: settings),
    .testTarget(name: "OperatorsTests", dependencies: ["Operators"], swiftSettings: settings),
    .target(
      name: "SQLLogic", dependencies: ["Query", "Formats", "Columnar", "Operators"],
      path: "Tests/SQLLogic", swiftSettings: settings),
    .testTarget(
      name: "SQLLogicTests", dependencies: ["SQLLogic"], exclude: ["Files"],
      swiftSettings: settings),
    .testTarget(
      name: "RuntimeTests",
      dependencies: [
        "Runtime", "Access", "Wire", "PipelineCore", "Operators", "ZeroMQ", "ResultStore",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "MillraceTests",
      dependencies: [
        "Millrace", "Runtime", "Topology", "Wire", "PipelineCore", "Ledger", "ZeroMQ", "Access",
        "Operators", "Query", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(name: "EndToEndTests", dependencies: [], swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)

#if os(Linux)
// It finds and stops the processes of a run through /proc.
package.targets.append(
  .executableTarget(
    name: "millrace-trials",
    dependencies: [
      "Millrace", "Runtime", "Operators", "PipelineCore", "ZeroMQ",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Logging", package: "swift-log"),
    ],
    path: "Benchmarks/Trials", exclude: ["Faults"], swiftSettings: settings))

// It starts a PostgreSQL that ends with it, by means of Linux.
package.targets.append(
  .executableTarget(
    name: "millrace-differential", dependencies: ["SQLLogic", "Query", "Columnar"],
    path: "Tests/Differential", swiftSettings: settings))

// Built by `make fuzz` alone: libFuzzer brings the `main`, and all code within is to be instrumented.
if Context.environment["MILLRACE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "millrace-fuzz",
      dependencies: [
        "Access", "ZeroMQ", "Wire", "PipelineCore", "ResultStore", "Simulation", "Topology",
      ],
      path: "Tests/Fuzz", exclude: ["Dictionaries", "fuzz.sh"], swiftSettings: settings))
}
#endif
