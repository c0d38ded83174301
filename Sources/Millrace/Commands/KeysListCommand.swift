import Access
import ArgumentParser
import ZeroMQ

/// `millrace keys list`.
struct KeysListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the nodes that get in, with their public keys.",
    discussion: """
      The supervisor's own key comes first; it is not on the list of nodes.

        $ millrace keys list --keys keys
        supervisor  pR0<sK8S&-=8Fr&[5?K*Yd#Hnv?qMxnh$SUZ2]ur
        worker      n8A[3rp?b0TvF(xZe!4dTm.WkUz+9oL2<Pq7jH{s
      """)

  @OptionGroup var options: KeysOptions

  @Flag(help: "Print one JSON object a line, each with `event`: `key`.")
  var json = false

  func run() throws {
    try AccessError.reported {
      let directory = options.directory
      let own = AllowList.Entry(name: .supervisor, key: try directory.loadSupervisor().supervisor)
      let entries = [own] + (try AllowList.read(path: directory.allowList).entries)
      let width = entries.map(\.name.text.count).max() ?? 0
      for entry in entries {
        if json {
          var object = JSONObject(event: "key")
          object.set("name", entry.name.text)
          object.set("public", entry.key.z85)
          StandardOutput.write(object.line)
        } else {
          let padding = String(repeating: " ", count: width - entry.name.text.count)
          StandardOutput.write("\(entry.name)\(padding)  \(entry.key)")
        }
      }
    }
  }
}
