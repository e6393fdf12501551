"""Methods that know one series' own past only, each for many series of one length at once.

They are written here because nothing kept does the same beside pandas 3. statsforecast 2.1 (AutoETS, AutoARIMA, Theta)
needs pandas below 3, brings pyarrow, fugue and a compiler run of half a minute, and refuses smoothing with a trend on
fewer than eight cells, where the first origins lie. statsmodels has every model, but neither automatic choice; its
ETSModel stops early on such series (its squared error was up to five times the smallest, of 78 cities' GDP), and an
ARIMA takes 30 ms, which makes the choice among a dozen orders for some seven hundred city-origins a matter of minutes.
Over one array the exact likelihoods of a hundred cities take as long as that of one. Tests hold the results to
statsmodels' where it finds the optimum.
"""
