extension Topology {
  /// Reads and validates a topology file.
  ///
  /// - Parameters:
  ///   - path: the file; relative paths within it begin at its folder, also those given by
  ///     `overrides`.
  ///   - overrides: `path=value`, as `--set` takes them, in the order given.
  ///   - environment: variables that `${NAME}` refers to.
  ///   - processorCount: workers when the file does not say.
  /// - Throws: all that is wrong with the file, the files it includes and the overrides.
  package static func load(
    path: String, overrides: [String] = [], environment: [String: String], processorCount: Int
  ) throws(TopologyErrors) -> Topology {
    try load(
      path: path, overrides: overrides, surroundings: .host(environment: environment),
      processorCount: processorCount)
  }

  /// The same with files and environment variables from anywhere.
  package static func load(
    path: String, overrides: [String] = [], surroundings: Surroundings, processorCount: Int
  ) throws(TopologyErrors) -> Topology {
    let bytes: [UInt8]
    do {
      bytes = try surroundings.read(path, TopologyText.sizeLimit)
    } catch {
      throw TopologyErrors(
        "cannot read the topology: \(error.reason)", at: TopologyPosition(file: path))
    }
    return try load(
      bytes: bytes, file: path, overrides: overrides, surroundings: surroundings,
      processorCount: processorCount)
  }

  /// Validates the bytes of a topology file; the others are as for
  /// ``load(path:overrides:environment:processorCount:)``.
  ///
  /// - Parameter file: the path that the bytes count as; the file need not exist.
  package static func load(
    bytes: [UInt8], file: String, overrides: [String] = [], environment: [String: String] = [:],
    processorCount: Int = 1
  ) throws(TopologyErrors) -> Topology {
    try load(
      bytes: bytes, file: file, overrides: overrides,
      surroundings: .host(environment: environment), processorCount: processorCount)
  }

  private static func load(
    bytes: [UInt8], file: String, overrides: [String], surroundings: Surroundings,
    processorCount: Int
  ) throws(TopologyErrors) -> Topology {
    let context = LoadContext(file: file, surroundings: surroundings)
    let text: TopologyText
    do {
      text = try TopologyText(bytes, file: file)
    } catch {
      throw TopologyErrors([error])
    }
    guard var root = context.compose(text) else {
      try context.throwErrors()
      preconditionFailure("a text without a tree has at least one error reported")
    }
    let parsed = overrides.compactMap { argument in
      do throws(TopologyError) {
        let override = try Override(argument)
        context.add(override: override.position)
        return override
      } catch {
        context.report(error)
        return nil as Override?
      }
    }
    apply(parsed.filter(\.concernsIncludes), to: &root, context: context)
    Includes.resolve(in: &root, context: context)
    apply(parsed.filter { !$0.concernsIncludes }, to: &root, context: context)
    return try TopologyReader(context: context, processorCount: processorCount).read(root)
  }

  private static func apply(
    _ overrides: [Override], to root: inout YAMLNode, context: LoadContext
  ) {
    for override in overrides {
      do {
        try override.apply(to: &root)
      } catch {
        context.report(error)
      }
    }
  }
}
