/// What a machine wants done, in order; filled by `handle`, carried out and emptied by its owner.
package struct Actions<Action: Sendable>: Sendable {
  package private(set) var list: [Action] = []

  package init() {}

  package mutating func append(_ action: Action) { list.append(action) }

  /// Gives the actions and keeps the memory for the next event.
  package mutating func drain(_ body: (Action) throws -> Void) rethrows {
    defer { list.removeAll(keepingCapacity: true) }
    for action in list { try body(action) }
  }
}
