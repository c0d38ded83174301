import Foundation
import Topology
import Wire

extension Submission {
  /// The topology, loaded from what was submitted and nothing else.
  ///
  /// - Throws: ``Rejection``.
  func topology() throws(Rejection) -> Topology {
    do throws(TopologyErrors) {
      return try Topology.load(
        path: files[0].path, overrides: overrides, surroundings: surroundings, processorCount: 1)
    } catch {
      throw Rejection(error.errors.map(\.description))
    }
  }

  private var surroundings: Topology.Surroundings {
    let files = Dictionary(files.map { ($0.path, $0.content) }) { first, _ in first }
    let variables = Dictionary(environment.map { ($0.name, $0.value) }) { first, _ in first }
    return Topology.Surroundings(
      read: { path, limit throws(Topology.Surroundings.Refusal) in
        guard let content = files[path] else {
          throw Topology.Surroundings.Refusal("the submission does not hold it; submit it again")
        }
        return Array(content.prefix(limit + 1))
      }, canonical: { URL(fileURLWithPath: $0).standardized.path }, variable: { variables[$0] })
  }
}
