import Synchronization
import ArgumentParser
import Foundation

/// What all commands about a topology take.
struct TopologyOptions: ParsableArguments {
  @Argument(help: "The topology: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var topology: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override a value, for example --set source.partition=4MiB.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "Local worker processes; replaces the topology's `workers`.")
  var workers: Int?

  /// Reads the topology and checks it against its source.
  ///
  /// - Throws: ``Rejection``.
  func plan() throws(Rejection) -> PlannedRun {
    try Self.plan(path: topology, overrides: overrides, workers: workers)
  }

  /// Reads a topology with the operators, the environment and the processors of this process.
  ///
  /// - Throws: ``Rejection``.
  static func plan(
    path: String, overrides: [String], workers: Int?
  ) throws(Rejection) -> PlannedRun {
    let registry = MillraceCommand.registry.withLock { $0 }
    return try RunPlanner(registry: registry).plan(
      path: path, overrides: overrides, workers: workers,
      environment: ProcessInfo.processInfo.environment,
      processorCount: ProcessInfo.processInfo.activeProcessorCount)
  }
}
