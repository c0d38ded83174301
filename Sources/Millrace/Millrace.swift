@_exported public import Operators

/// The `millrace` command, for a binary with operators of its own.
///
/// ```swift
/// import Millrace
///
/// @main
/// struct MyMillrace {
///   static func main() async {
///     var registry = OperatorRegistry()
///     registry.register("thumbnail") { configuration in try ThumbnailOperator(configuration) }
///     await Millrace.main(registry)
///   }
/// }
/// ```
///
/// The binary starts itself again as its workers, so a topology can then say `operator: thumbnail`.
public enum Millrace {
  /// Runs the command line of this process and exits with its code.
  ///
  /// - Parameter registry: the operators beside the built-in ones; `sql` is added to it.
  public static func main(_ registry: OperatorRegistry = OperatorRegistry()) async -> Never {
    await MillraceCommand.runAndExit(registry)
  }
}
