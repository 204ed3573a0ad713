export const usage = `Quarterdeck on the command line. It talks to the app when that runs, and does without it when not.

Usage: npm run -s quarterdeck -- VERB [options]

  send [options] TEXT     say something to an agent and follow the answer; TEXT "-" or none: read it from stdin
      --session ID        go on in this session (else a new one is opened)
      --provider P        the agent of a new session (default: the first that is ready, else the built-in guide "demo")
      --cwd DIR           the folder of a new session (default: this one)
      --model M           the model
      --mode MODE         ask | accept-edits | plan | full: what it may do without asking (new sessions: ask)
      --json              every event and delta as a line of JSON on stdout; on stdin, when it is not a terminal, lines like
                          {"type":"approval_response","approval_id":"...","decision":"allow_once"} and {"type":"abort"}
  sessions [--all]        the sessions, newest first; --all: archived ones too
  show ID                 the transcript of a session; the beginning of an ID is enough
  verify [ID]             checks the hash chain of one session, or of all
  doctor                  looks at every part of this installation and says what to do
  keys create --name N --scopes a,b    makes an API key and shows it, once
  keys list | keys revoke ID
  status                  whether the app runs, where, and what it is doing
  stop                    ends the app that runs
  open                    a fresh link for a browser on this machine; it works once
  help                    this

Options of every verb: --home DIR (the data folder), --json, --help, --version

When an agent asks for something, "send" asks you in the terminal: y allow once, s allow for this session, a always allow, n deny. With
nobody there (no terminal, stdin at its end) it waits while the app runs, because it can be answered there; without the app it denies, tells the
agent why, and ends with 4. Ctrl+C stops the turn; once more leaves at once.

Exit codes: 0 completed; 1 failed (verify: broken, doctor: an error was found); 2 wrong usage; 3 stopped or interrupted; 4 completed, but
something was refused because nobody was there to approve it; 5 refused before it began (folder missing, unknown session, agent missing, ...).`;
