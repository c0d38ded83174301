import ArgumentParser
import Foundation
import Millrace

// A coordinator that a trial starts from this binary, and the workers that it starts in turn.
if ProcessInfo.processInfo.environment[ThisBinary.marker] != nil {
  var registry = OperatorRegistry()
  registry.register(TracingOperator.name) { try TracingOperator(configuration: $0) }
  await Millrace.main(registry)
}
TrialsCommand.main()
