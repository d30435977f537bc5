// The window's page. It has no screens yet and says so.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './index.css';

function App(): React.JSX.Element {
  return (
    <main>
      <h1>Drover</h1>
      <p>The screens are not built yet. Drover works from the command line today:</p>
      <pre>
        <code>./drover migrate mysql://user@host/shop postgres://user@host/shop</code>
      </pre>
    </main>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
